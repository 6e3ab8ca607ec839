package fr.portailfamille.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TownScopeTest {

    @Test
    void leaving_leads_back_to_no_town() {
        Runnable leave = TownScope.enter(7);
        assertThat(TownScope.current()).hasValue(7);
        leave.run();
        assertThat(TownScope.current()).isEmpty();
    }

    @Test
    void the_same_town_nests_and_only_the_outermost_leaves() {
        Runnable outer = TownScope.enter(7);
        Runnable inner = TownScope.enter(7);
        inner.run();
        assertThat(TownScope.current()).hasValue(7);
        outer.run();
        assertThat(TownScope.current()).isEmpty();
    }

    @Test
    void another_town_is_refused_from_inside() {
        Runnable leave = TownScope.enter(7);
        try {
            assertThatThrownBy(() -> TownScope.enter(8)).isInstanceOf(WrongTownException.class);
        } finally {
            leave.run();
        }
    }
}
