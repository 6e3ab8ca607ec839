package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.load.CheckedPart;
import fr.portailfamille.exchange.load.FileVerdicts;
import fr.portailfamille.exchange.load.Lines;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LotPipelineTest {

    private static final FileFormat FAMILIES = Formats.named("families.csv");
    private static final FileFormat INDIVIDUALS = Formats.named("individuals.csv");
    private static final FileFormat MEMBERSHIPS = Formats.named("memberships.csv");
    private static final FileFormat VACCINATIONS = Formats.named("vaccinations.csv");

    private static final Lines FIRST = new Lines(0, 10);

    private final List<FileFormat> files = List.of(FAMILIES, INDIVIDUALS, MEMBERSHIPS, VACCINATIONS);
    private final AtomicReference<Iterator<CheckedPart>> each = new AtomicReference<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final Set<FileFormat> inParts = new HashSet<>();
    private final Map<String, RuntimeException> failures = new HashMap<>();

    private LotPipeline pipeline(List<FileFormat> files) {
        return new LotPipeline(
                files,
                file -> note("read " + file.name()),
                (file, first) -> {
                    if (inParts.contains(file)) {
                        note("check first of " + file.name());
                        first.accept(new CheckedPart(verdicts(file), FIRST));
                    }
                    note("check " + file.name());
                    return new CheckedPart(verdicts(file), inParts.contains(file) ? FIRST.others() : Lines.ALL);
                },
                waiting::add);
    }

    private static FileVerdicts verdicts(FileFormat file) {
        return new FileVerdicts(file, 1, 1, 0, 0, 0, 0, 0, 0, 0);
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

        assertThat(pipeline.inOrder())
                .extracting(part -> part.verdicts().file())
                .containsExactlyElementsOf(files);
    }

    @Test
    void first_rows_come_before_the_others_of_their_file_and_those_not_before_they_were_checked() {
        inParts.add(INDIVIDUALS);
        LotPipeline pipeline = begun();
        Iterator<CheckedPart> found = pipeline.inOrder().iterator();
        while (!done.contains("check families.csv")) {
            workOnce();
        }
        assertThat(found.next().verdicts().file()).isEqualTo(FAMILIES);

        work();
        assertThat(List.of(found.next(), found.next()))
                .extracting(part -> part.verdicts().file().name(), CheckedPart::lines)
                .containsExactly(tuple("individuals.csv", FIRST), tuple("individuals.csv", FIRST.others()));
        assertThat(found.next().lines()).isEqualTo(Lines.ALL);
    }

    @Test
    void first_rows_are_given_while_the_others_are_still_being_checked() {
        inParts.add(FAMILIES);
        List<CheckedPart> given = new ArrayList<>();
        LotPipeline pipeline = new LotPipeline(
                files,
                file -> note("read " + file.name()),
                (file, first) -> {
                    first.accept(new CheckedPart(verdicts(file), FIRST));
                    if (given.isEmpty()) {
                        given.add(each.get().next());
                        assertThat(done).as("check").doesNotContain("check families.csv");
                    }
                    note("check " + file.name());
                    return new CheckedPart(verdicts(file), FIRST.others());
                },
                waiting::add);
        each.set(pipeline.inOrder().iterator());
        pipeline.begin();
        work();

        assertThat(given).extracting(CheckedPart::lines).containsExactly(FIRST);
    }

    @Test
    void after_first_rows_a_check_that_fails_is_heard_of() {
        inParts.add(FAMILIES);
        failures.put("check families.csv", new IllegalStateException("no more room"));
        LotPipeline pipeline = begun();
        work();

        Iterator<CheckedPart> found = pipeline.inOrder().iterator();
        assertThat(found.next().lines()).isEqualTo(FIRST);
        assertThatThrownBy(found::next).hasRootCauseMessage("no more room");
        pipeline.leave();
    }

    @Test
    void after_a_check_that_fails_nothing_is_begun_and_who_waits_hears_of_it() {
        failures.put("check individuals.csv", new IllegalStateException("no more room"));
        LotPipeline pipeline = begun();
        work();

        assertThatThrownBy(pipeline::await)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no more room");
        Iterator<CheckedPart> found = pipeline.inOrder().iterator();
        assertThat(found.next().verdicts().file()).isEqualTo(FAMILIES);
        assertThatThrownBy(found::next).as("its first rows").hasRootCauseMessage("no more room");
        assertThatThrownBy(found::next).as("all of it").hasRootCauseMessage("no more room");
        assertThatThrownBy(found::next).as("the next file").isInstanceOf(CancellationException.class);
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
                (file, first) -> {
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
                files, file -> note("read"), (file, first) -> new CheckedPart(verdicts(file), Lines.ALL), any -> {
                    throw new RejectedExecutionException("it ends");
                });
        pipeline.begin();

        assertThatThrownBy(pipeline::await).hasMessage("it ends");
        pipeline.leave();

        assertThat(done).isEmpty();
    }
}
