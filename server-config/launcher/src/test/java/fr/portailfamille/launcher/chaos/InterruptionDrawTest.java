package fr.portailfamille.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.launcher.chaos.Interruption.AtFailpoint;
import fr.portailfamille.launcher.chaos.Interruption.AtInstant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class InterruptionDrawTest {

    private final Map<String, Integer> passes = new HashMap<>();

    private List<Interruption> draw(int count) {
        Interruption.failpoints().forEach(name -> passes.put(name, 3));
        return new InterruptionDraw(passes, 10_000, new Random(7)).draw(count);
    }

    private static List<AtFailpoint> failpoints(List<Interruption> drawn) {
        return drawn.stream()
                .filter(AtFailpoint.class::isInstance)
                .map(AtFailpoint.class::cast)
                .toList();
    }

    @Test
    void fifty_interruptions_come_to_every_place_and_every_flow_and_kill_everything() {
        List<Interruption> drawn = draw(50);
        assertThat(failpoints(drawn)).hasSize(33);
        assertThat(failpoints(drawn).stream().map(AtFailpoint::place))
                .containsAll(Interruption.PLACES)
                .contains(Interruption.DOCUMENTS.place());
        assertThat(failpoints(drawn).stream().collect(Collectors.groupingBy(AtFailpoint::flow, Collectors.counting())))
                .hasSize(Interruption.FLOWS.size())
                .allSatisfy((flow, times) -> assertThat(times).isGreaterThanOrEqualTo(5));
        assertThat(drawn.stream()
                        .filter(AtInstant.class::isInstance)
                        .map(instant -> ((AtInstant) instant).victim())
                        .distinct())
                .hasSize(Interruption.Victim.values().length);
    }

    @Test
    void no_failpoint_comes_again_before_the_others_of_its_place_have_come() {
        assertThat(failpoints(draw(3 * 6 * 13)).stream()
                        .filter(at -> !at.place().equals(Interruption.DOCUMENTS.place()))
                        .collect(Collectors.groupingBy(AtFailpoint::name, Collectors.counting())))
                .hasSize(Interruption.failpoints().size() - 1)
                .allSatisfy((name, times) -> assertThat(times).isEqualTo(2));
    }

    @Test
    void each_is_drawn_within_the_times_that_it_is_come_to() {
        assertThat(failpoints(draw(90))).allSatisfy(at -> assertThat(at.time()).isBetween(1, 3));
    }

    @Test
    void the_same_seed_draws_the_same() {
        assertThat(draw(20)).isEqualTo(draw(20));
    }
}
