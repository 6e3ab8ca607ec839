package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.load.FileVerdicts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LotPipelineTest {

    private static final FileFormat FAMILIES = Formats.named("families.csv");
    private static final FileFormat INDIVIDUALS = Formats.named("individuals.csv");
    private static final FileFormat MEMBERSHIPS = Formats.named("memberships.csv");
    private static final FileFormat VACCINATIONS = Formats.named("vaccinations.csv");

    private final List<FileFormat> files = List.of(FAMILIES, INDIVIDUALS, MEMBERSHIPS, VACCINATIONS);
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final Map<String, RuntimeException> failures = new HashMap<>();

    private LotPipeline pipeline(List<FileFormat> files) {
        return new LotPipeline(
                files,
                file -> note("read " + file.name()),
                file -> {
                    note("check " + file.name());
                    return new FileVerdicts(file, 1, 1, 0, 0, 0, 0, 0, 0, 0);
                },
                waiting::add);
    }

    private LotPipeline begun() {
        LotPipeline pipeline = pipeline(files);
        pipeline.begin();
        return pipeline;
    }

    private void note(String work) {
        done.add(work);
        if (failures.containsKey(work)) {
            throw failures.get(work);
        }
    }

    /** The one that was begun first ends first. */
    private void workOnce() {
        waiting.remove().run();
    }

    private void work() {
        while (!waiting.isEmpty()) {
            workOnce();
        }
    }

    @Test
    void files_are_read_in_their_order_and_checked_beside_as_soon_as_what_they_refer_to_was() {
        LotPipeline pipeline = begun();
        work();
        pipeline.await();

        assertThat(done)
                .containsExactly(
                        "read families.csv",
                        "read individuals.csv",
                        "check families.csv",
                        "read memberships.csv",
                        "check individuals.csv",
                        "read vaccinations.csv",
                        "check memberships.csv",
                        "check vaccinations.csv");
    }

    @Test
    void a_file_is_not_checked_before_those_it_refers_to() {
        begun();
        workOnce();
        workOnce();
        Runnable families = waiting.remove();
        work();
        assertThat(done)
                .as("memberships wait for families, which are still being checked")
                .containsExactly(
                        "read families.csv",
                        "read individuals.csv",
                        "read memberships.csv",
                        "read vaccinations.csv",
                        "check individuals.csv",
                        "check vaccinations.csv");
        families.run();
        work();
        assertThat(done).endsWith("check families.csv", "check memberships.csv");
    }

    @Test
    void one_file_is_read_at_a_time() {
        LotPipeline pipeline = pipeline(Formats.of(Flow.INDIVIDUALS));
        pipeline.begin();

        assertThat(waiting).hasSize(1);
        workOnce();
        assertThat(waiting).as("the next is read, the first checked").hasSize(2);
        work();
        pipeline.await();
    }

    @Test
    void no_more_than_two_pieces_of_work_are_done_at_once() {
        LotPipeline pipeline = pipeline(Formats.of(Flow.INDIVIDUALS));
        pipeline.begin();
        int most = 0;
        while (!waiting.isEmpty()) {
            most = Math.max(most, waiting.size());
            workOnce();
        }
        pipeline.await();

        assertThat(most).isEqualTo(2);
        assertThat(done).hasSize(2 * Formats.of(Flow.INDIVIDUALS).size()).doesNotHaveDuplicates();
    }

    @Test
    void what_was_found_comes_in_the_order_of_the_files() {
        LotPipeline pipeline = begun();
        workOnce();
        workOnce();
        Runnable families = waiting.remove();
        work();
        assertThat(done).contains("check individuals.csv").doesNotContain("check families.csv");
        families.run();
        work();

        assertThat(pipeline.inOrder()).extracting(FileVerdicts::file).containsExactlyElementsOf(files);
    }

    @Test
    void after_a_check_that_fails_nothing_is_begun_and_who_waits_hears_of_it() {
        failures.put("check individuals.csv", new IllegalStateException("no more room"));
        LotPipeline pipeline = begun();
        work();

        assertThatThrownBy(pipeline::await)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no more room");
        Iterator<FileVerdicts> found = pipeline.inOrder().iterator();
        assertThat(found.next().file()).isEqualTo(FAMILIES);
        assertThatThrownBy(found::next).hasRootCauseMessage("no more room");
        assertThatThrownBy(found::next).isInstanceOf(CancellationException.class);
        assertThat(done)
                .as("reading the next had begun beside it")
                .hasSize(6)
                .endsWith("check individuals.csv", "read vaccinations.csv");
        pipeline.leave();
    }

    @Test
    void of_two_failures_that_of_the_first_file_is_named_whichever_was_quicker() {
        failures.put("check families.csv", new IllegalArgumentException("families"));
        failures.put("read individuals.csv", new IllegalArgumentException("individuals"));
        LotPipeline pipeline = begun();
        workOnce();
        work();
        assertThat(done).endsWith("read individuals.csv", "check families.csv");

        assertThat(waiting).isEmpty();
        assertThatThrownBy(pipeline::await).hasMessage("families");
        assertThatThrownBy(() -> pipeline.inOrder().iterator().next()).isInstanceOf(CancellationException.class);
    }

    @Test
    void who_waits_hears_of_errors_too() {
        LotPipeline pipeline = new LotPipeline(
                files,
                file -> {
                    throw new StackOverflowError("of a file");
                },
                file -> {
                    throw new AssertionError("was never read");
                },
                waiting::add);
        pipeline.begin();
        work();

        assertThatThrownBy(pipeline::await).hasRootCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void who_leaves_waits_for_what_was_begun_and_nothing_else_begins() {
        LotPipeline pipeline = begun();
        workOnce();
        CompletableFuture<Void> left = CompletableFuture.runAsync(pipeline::leave);
        assertThatThrownBy(() -> pipeline.inOrder().forEach(found -> {})).isInstanceOf(CancellationException.class);
        assertThat(left).as("a file is still being read").isNotDone();
        work();
        left.join();

        assertThat(done).containsExactly("read families.csv", "read individuals.csv", "check families.csv");
        assertThatThrownBy(pipeline::await).isInstanceOf(CancellationException.class);
    }

    @Test
    void work_that_the_executor_does_not_take_is_a_failure() {
        LotPipeline pipeline = new LotPipeline(
                files, file -> note("read"), file -> new FileVerdicts(file, 1, 1, 0, 0, 0, 0, 0, 0, 0), any -> {
                    throw new RejectedExecutionException("it ends");
                });
        pipeline.begin();

        assertThatThrownBy(pipeline::await).hasMessage("it ends");
        pipeline.leave();

        assertThat(done).isEmpty();
    }
}
