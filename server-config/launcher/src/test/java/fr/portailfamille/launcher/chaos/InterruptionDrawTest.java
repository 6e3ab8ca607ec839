package fr.portailfamille.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.launcher.chaos.Interruption.AtFailpoint;
import fr.portailfamille.launcher.chaos.Interruption.AtInstant;
import fr.portailfamille.launcher.chaos.InterruptionDraw.Peace;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InterruptionDrawTest {

    private static final long SEED = 7;

    private static List<Interruption> draw(int count, long seed, Episode... episodes) {
        Map<Episode, Peace> peace = Arrays.stream(episodes)
                .collect(Collectors.toMap(
                        Function.identity(),
                        episode -> new Peace(
                                10_000,
                                episode.failpoints().stream().collect(Collectors.toMap(name -> name, name -> 3)))));
        return new InterruptionDraw(peace, new Random(seed)).draw(count);
    }

    private static List<Interruption> draw(int count) {
        return draw(count, SEED, Episode.values());
    }

    private static List<AtFailpoint> failpoints(List<Interruption> drawn, Episode episode) {
        return drawn.stream()
                .filter(each -> each.episode() == episode)
                .filter(AtFailpoint.class::isInstance)
                .map(AtFailpoint.class::cast)
                .toList();
    }

    private static String place(AtFailpoint at) {
        return at.name().split("/")[0];
    }

    private static String flow(AtFailpoint at) {
        return at.name().split("/")[1];
    }

    @Test
    void fifty_interruptions_come_to_every_place_and_every_flow_of_the_import_and_kill_everything() {
        List<Interruption> drawn = draw(50);
        List<AtFailpoint> imports = failpoints(drawn, Episode.IMPORT);
        assertThat(imports).hasSize(20);
        assertThat(imports.stream().map(InterruptionDrawTest::place))
                .containsAll(ImportPlace.ALL)
                .contains("mid-documents");
        assertThat(imports.stream().collect(Collectors.groupingBy(InterruptionDrawTest::flow, Collectors.counting())))
                .hasSize(ImportPlace.FLOWS.size())
                .allSatisfy((flow, times) -> assertThat(times).isGreaterThanOrEqualTo(3));
        assertThat(drawn.stream()
                        .filter(AtInstant.class::isInstance)
                        .map(instant -> ((AtInstant) instant).victim())
                        .distinct())
                .hasSize(Interruption.Victim.values().length);
    }

    @Test
    void as_many_as_are_drawn_when_nobody_says_how_many_come_to_fifty_names_and_to_instants() {
        List<Interruption> drawn = draw(ImportChaos.INTERRUPTIONS);
        assertThat(drawn.stream()
                        .filter(AtFailpoint.class::isInstance)
                        .map(each -> ((AtFailpoint) each).name())
                        .distinct()
                        .count())
                .isGreaterThanOrEqualTo(50);
        assertThat(drawn.stream().filter(AtInstant.class::isInstance)).hasSizeGreaterThanOrEqualTo(20);
    }

    @Test
    void fifty_interruptions_come_to_every_episode_at_named_places_and_at_instants() {
        List<Interruption> drawn = draw(50);
        for (Episode episode : Episode.values()) {
            assertThat(failpoints(drawn, episode)).as(episode.toString()).hasSizeGreaterThanOrEqualTo(2);
            assertThat(drawn)
                    .as(episode.toString())
                    .anyMatch(each -> each instanceof AtInstant && each.episode() == episode);
        }
    }

    @Test
    void five_of_any_seed_come_to_the_import_and_to_two_other_episodes() {
        Set<Episode> seen = new HashSet<>();
        LongStream.range(0, 30).forEach(seed -> {
            List<Interruption> drawn = draw(5, seed, Episode.values());
            assertThat(drawn.stream().map(Interruption::episode).distinct()).hasSize(3);
            drawn.forEach(each -> seen.add(each.episode()));
        });
        assertThat(seen).containsExactlyInAnyOrder(Episode.values());
    }

    @Test
    void no_failpoint_of_the_import_comes_again_before_the_others_of_its_place_have_come() {
        assertThat(failpoints(draw(3 * 6 * 13, SEED, Episode.IMPORT), Episode.IMPORT).stream()
                        .filter(at -> !at.name().equals(ImportPlace.DOCUMENTS))
                        .collect(Collectors.groupingBy(AtFailpoint::name, Collectors.counting())))
                .hasSize(Episode.IMPORT.failpoints().size() - 1)
                .allSatisfy((name, times) -> assertThat(times).isEqualTo(2));
    }

    @Test
    void of_another_episode_no_failpoint_comes_again_before_all_have_come() {
        List<AtFailpoint> drawn = failpoints(draw(12, SEED, Episode.DRY_RUN), Episode.DRY_RUN);
        assertThat(drawn.stream().map(AtFailpoint::name))
                .containsExactlyInAnyOrderElementsOf(Episode.DRY_RUN.failpoints());
    }

    @Test
    void a_city_is_a_town_of_its_own_to_which_no_other_episode_leads() {
        assertThat(Episode.CITY.before()).isEmpty();
        assertThat(Episode.FOLDER_IN.before()).contains(Episode.IMPORT).doesNotContain(Episode.CITY, Episode.FOLDER_IN);
        assertThat(draw(30, SEED, Episode.CITY)).allMatch(each -> each.episode() == Episode.CITY);
        assertThat(failpoints(draw(30, SEED, Episode.CITY), Episode.CITY).stream()
                        .map(AtFailpoint::name))
                .containsExactlyInAnyOrderElementsOf(Episode.CITY.failpoints());
    }

    @Test
    void only_chosen_episodes_are_drawn() {
        assertThat(draw(20, SEED, Episode.REQUESTS, Episode.FOLDER_IN).stream()
                        .map(Interruption::episode)
                        .distinct())
                .containsExactlyInAnyOrder(Episode.REQUESTS, Episode.FOLDER_IN);
    }

    @Test
    void each_is_drawn_within_the_times_that_it_is_come_to() {
        assertThat(draw(90))
                .filteredOn(AtFailpoint.class::isInstance)
                .allSatisfy(at -> assertThat(((AtFailpoint) at).time()).isBetween(1, 3));
    }

    @Test
    void the_same_seed_draws_the_same() {
        assertThat(draw(20)).isEqualTo(draw(20));
    }
}
