package fr.portailfamille.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.browser.TestInstance;
import fr.portailfamille.isolation.Guest.Answer;
import fr.portailfamille.isolation.RouteTables.Page;
import fr.portailfamille.launcher.Instance;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Signed in as one family, no page of the portal shows or changes what is another's, of the same town or of another. */
@Tag("browser")
class PortalIsolationE2E {

    private static final List<Page> PAGES = RouteTables.portal();

    private static Instance instance;
    private static SweptTown here;
    private static SweptTown elsewhere;
    private static SweptFamily family;
    private static SweptFamily neighbour;
    private static SweptFamily stranger;

    @BeforeAll
    static void opensTwoTowns() throws SQLException {
        instance = TestInstance.get();
        here = SweptTown.open(instance);
        elsewhere = SweptTown.open(instance);
        family = SweptFamily.in(instance, here, 1);
        neighbour = SweptFamily.in(instance, here, 2);
        stranger = SweptFamily.in(instance, elsewhere, 3);
    }

    private static Guest signedIn(SweptTown town, SweptFamily who) {
        Guest guest = new Guest(instance.baseUrl());
        Answer after = guest.signIn(town.portal("connexion"), who.email(), SweptTown.PASSWORD);
        assertThat(after.location()).as(after.toString()).isNotEmpty().doesNotContain("connexion");
        return guest;
    }

    @Test
    void every_route_has_a_case() {
        assertThat(RouteCases.portal().keySet())
                .isEqualTo(PAGES.stream().map(Page::path).collect(Collectors.toCollection(java.util.TreeSet::new)));
        RouteCases.portal()
                .forEach((path, names) ->
                        assertThat(family.values().keySet()).as(path).containsAll(names));
    }

    /** Else the sweeps would look for nothing. */
    @Test
    void the_family_itself_is_shown_what_the_sweeps_look_for() throws SQLException {
        Guest guest = signedIn(elsewhere, stranger);
        Map<String, String> values = stranger.values();
        for (String page : List.of(
                "accueil",
                "mon-espace/mes-abonnements",
                "mon-espace/mon-compte",
                "mon-espace/mes-demandes/demande?ref=" + values.get("ref"),
                "espace-famille/activites?jour=" + values.get("jour"),
                "espace-famille/activites/liste?enfant=" + values.get("enfant"))) {
            Answer answer = guest.get(elsewhere.portal(page));
            assertThat(stranger.isIn(answer.body())).as(answer.toString()).isTrue();
        }
    }

    @Test
    void a_family_of_the_same_town_neither_shows_nor_changes() throws SQLException {
        Map<String, String> values = new TreeMap<>(neighbour.values());
        // Whoever holds a link or a code that was sent to somebody may use it; links are swept between towns.
        values.remove("jeton");
        values.remove("code");
        Guest guest = signedIn(here, family);
        Sweep sweep = new Sweep(neighbour);
        for (Page page : PAGES) {
            sweep.press(guest, sweep.open(guest, here.portal(page.path()), values), values);
        }
        assertThat(sweep.asked()).as("requests").isGreaterThan(PAGES.size() + 8);
        assertThat(family.isIn(guest.get(here.portal("accueil")).body()))
                .as("still signed in")
                .isTrue();
    }

    @Test
    void a_family_of_another_town_neither_shows_nor_changes() throws SQLException {
        Map<String, String> values = stranger.values();
        Guest guest = signedIn(here, family);
        Guest theirs = signedIn(elsewhere, stranger);
        Sweep sweep = new Sweep(stranger);
        for (Page page : PAGES) {
            Answer mine = sweep.open(guest, here.portal(page.path()), values);
            sweep.press(guest, mine, values);
            Answer there = sweep.open(guest, elsewhere.portal(page.path()), Map.of());
            assertThat(there.location().contains("/connexion?retour="))
                    .as(there.toString())
                    .isEqualTo(page.role().isPresent());
            if (page.role().isPresent()) {
                for (FormElement form : mine.forms()) {
                    sweep.send(guest, elsewhere.portal(page.path()), form, Guest.viewState(form));
                }
                for (FormElement form :
                        theirs.get(elsewhere.portal(page.path())).forms()) {
                    sweep.send(guest, here.portal(page.path()), form, Guest.viewState(form));
                }
            }
        }
        assertThat(sweep.asked()).as("requests").isGreaterThan(PAGES.size() * 5 / 2);
    }

    @Test
    void the_state_of_a_view_is_good_for_no_other_page() throws SQLException {
        Guest guest = signedIn(here, family);
        Sweep sweep = new Sweep(neighbour);
        String address = here.portal("mon-espace/mon-compte");
        FormElement rename = guest.get(address).forms().get(0);
        for (Page page : PAGES) {
            if (page.role().isPresent() && !address.endsWith(page.path())) {
                sweep.send(guest, here.portal(page.path()), rename, Guest.viewState(rename));
            }
        }
        assertThat(guest.get(address).body()).contains("Inès");
    }

    @Test
    void a_visitor_is_asked_to_sign_in_wherever_a_role_is_needed() {
        Guest visitor = new Guest(instance.baseUrl());
        for (Page page : PAGES) {
            Answer answer = visitor.get(here.portal(page.path()));
            assertThat(answer.status())
                    .as(answer.toString())
                    .isEqualTo(page.role().isPresent() ? 303 : 200);
        }
    }

    /** Else the sweeps would press buttons that do nothing. */
    @Test
    void a_button_that_is_pressed_in_the_name_of_its_own_family_acts() throws SQLException {
        SweptFamily own = SweptFamily.in(instance, elsewhere, 4);
        Guest guest = signedIn(elsewhere, own);
        String before = own.rows();
        FormElement rename =
                guest.get(elsewhere.portal("mon-espace/mon-compte")).forms().get(0);
        guest.post(
                rename.absUrl("action"),
                Guest.filled(rename, Guest.buttons(rename).get(0), Map.of("firstName", "Anne")));
        assertThat(own.rows()).isNotEqualTo(before);
    }

    /** Else the sweeps would ask for absences that nobody could have. */
    @Test
    void an_act_of_the_planning_in_the_name_of_its_own_family_acts() throws SQLException {
        SweptFamily own = SweptFamily.in(instance, elsewhere, 5);
        Guest guest = signedIn(elsewhere, own);
        String before = own.rows();
        FormElement wish =
                guest.get(elsewhere.portal("espace-famille/activites?jour=" + SweptFamily.DAY)).forms().stream()
                        .filter(form -> !form.select("[name=act]").isEmpty())
                        .findFirst()
                        .orElseThrow();
        for (Map<String, String> fields : Sweep.variants(wish, own.values())) {
            Answer answer = guest.post(
                    wish.absUrl("action"),
                    Guest.filled(wish, Guest.buttons(wish).get(0), fields));
            assertThat(answer.status()).as(answer.toString()).isLessThan(400);
        }
        assertThat(own.rows()).isNotEqualTo(before);
    }
}
