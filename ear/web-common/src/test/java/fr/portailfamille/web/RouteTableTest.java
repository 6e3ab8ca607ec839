package fr.portailfamille.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

    private static final Route HOME = Route.open("accueil", "/views/home.xhtml");
    private static final Route SIGN_IN = Route.open("connexion", "/views/sign-in.xhtml");
    private static final Route MINE = Route.forRole("CITIZEN", "mon-espace", "/views/mine.xhtml");

    private final RouteTable routes = new RouteTable("connexion", List.of(HOME, SIGN_IN, MINE));

    @Test
    void finds_pages_by_path_and_by_view() {
        assertThat(routes.find("mon-espace")).contains(MINE);
        assertThat(routes.ofView("/views/home.xhtml")).contains(HOME);
        assertThat(routes.find("views/home.xhtml")).isEmpty();
    }

    @Test
    void two_pages_cannot_share_a_path() {
        assertThatThrownBy(() -> new RouteTable("accueil", List.of(HOME, HOME)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://ailleurs.example/", "//ailleurs.example", "/accueil", "accueil/../x", "", "javascript:x"
            })
    void a_redirect_never_leaves_the_table(String address) {
        assertThat(routes.leadsSomewhere(address)).isFalse();
    }

    @Test
    void a_redirect_may_bear_a_query() {
        assertThat(routes.leadsSomewhere("mon-espace?page=2")).isTrue();
    }

    @Test
    void an_address_is_taken_apart() {
        assertThat(TownPath.of("/ville/mon-espace/x")).contains(new TownPath("ville", "mon-espace/x"));
        assertThat(TownPath.of("/ville")).contains(new TownPath("ville", ""));
        assertThat(TownPath.of("/ville/")).contains(new TownPath("ville", ""));
        assertThat(TownPath.of("/")).isEmpty();
        assertThat(TownPath.of("")).isEmpty();
    }
}
