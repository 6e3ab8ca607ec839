package fr.portailfamille.batch.lot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TurnsTest {

    @Test
    void takes_on_as_many_lots_as_it_may() {
        Turns<String> turns = new Turns<>(2);
        turns.take(1, "a", false);
        assertThat(turns.free()).isTrue();
        turns.take(2, "b", false);
        assertThat(turns.free()).isFalse();
        assertThat(turns.freeForLarge()).isFalse();
        assertThat(turns.giveBack(1, "a")).isTrue();
        assertThat(turns.free()).isTrue();
    }

    @Test
    void keeps_the_last_turn_for_small_lots() {
        Turns<String> turns = new Turns<>(3);
        turns.take(1, "city", true);
        assertThat(turns.freeForLarge()).isTrue();
        turns.take(2, "other city", true);
        assertThat(turns.freeForLarge()).isFalse();
        assertThat(turns.free()).isTrue();
        assertThat(turns.giveBack(1, "city")).isTrue();
        assertThat(turns.freeForLarge()).isTrue();
    }

    @Test
    void lets_large_lots_in_where_there_is_one_turn_only() {
        Turns<String> turns = new Turns<>(1);
        assertThat(turns.freeForLarge()).isTrue();
        turns.take(1, "city", true);
        assertThat(turns.freeForLarge()).isFalse();
    }

    @Test
    void a_town_has_one_turn() {
        Turns<String> turns = new Turns<>(3);
        turns.take(7, "a", false);
        assertThat(turns.has(7)).isTrue();
        assertThatThrownBy(() -> turns.take(7, "b", false)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void what_another_took_over_gives_nothing_back() {
        Turns<String> turns = new Turns<>(1);
        turns.take(7, "dead", false);
        assertThat(turns.giveBack(7, "dead")).isTrue();
        turns.take(7, "taken over", false);
        assertThat(turns.giveBack(7, "dead")).isFalse();
        assertThat(turns.works()).containsEntry(7, "taken over");
    }

    @Test
    void refuses_to_do_nothing_at_all() {
        assertThatThrownBy(() -> new Turns<String>(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
