package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.load.FileVerdicts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChecksAheadTest {

    private static final FileFormat FAMILIES = Formats.named("families.csv");
    private static final FileFormat INDIVIDUALS = Formats.named("individuals.csv");
    private static final FileFormat MEMBERSHIPS = Formats.named("memberships.csv");
    private static final FileFormat VACCINATIONS = Formats.named("vaccinations.csv");

    private final List<FileFormat> files = List.of(FAMILIES, INDIVIDUALS, MEMBERSHIPS, VACCINATIONS);
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<FileFormat> checked = new ArrayList<>();

    private ChecksAhead checks() {
        return new ChecksAhead(files, this::check, waiting::add);
    }

    private FileVerdicts check(FileFormat file) {
        checked.add(file);
        return new FileVerdicts(file, 1, 1, 0, 0, 0, 0, 0, 0, 0);
    }

    private void workOnce() {
        waiting.remove().run();
    }

    private void work() {
        while (!waiting.isEmpty()) {
            workOnce();
        }
    }

    private static void read(ChecksAhead checks, FileFormat... files) {
        Stream.of(files).forEach(checks::staged);
    }

    @Test
    void a_file_waits_for_being_read_and_for_those_it_refers_to_alone() {
        ChecksAhead checks = checks();
        assertThat(waiting).as("nothing was read").isEmpty();
        read(checks, INDIVIDUALS, MEMBERSHIPS, VACCINATIONS);
        assertThat(waiting).as("people refer to none, the others to people").hasSize(1);
        work();
        assertThat(checked).as("memberships wait for families").containsExactly(INDIVIDUALS, VACCINATIONS);
        read(checks, FAMILIES);
        work();
        checks.await();

        assertThat(checked).containsExactly(INDIVIDUALS, VACCINATIONS, FAMILIES, MEMBERSHIPS);
    }

    @Test
    void what_does_not_refer_to_one_another_is_checked_side_by_side() {
        ChecksAhead checks = checks();
        read(checks, FAMILIES, INDIVIDUALS, MEMBERSHIPS, VACCINATIONS);
        assertThat(waiting).hasSize(2);
        workOnce();
        workOnce();
        assertThat(waiting).as("memberships and vaccinations").hasSize(2);
    }

    @Test
    void no_more_than_two_are_checked_at_once() {
        ChecksAhead checks = new ChecksAhead(Formats.of(Flow.INDIVIDUALS), this::check, waiting::add);
        read(checks, Formats.of(Flow.INDIVIDUALS).toArray(FileFormat[]::new));
        int most = 0;
        while (!waiting.isEmpty()) {
            most = Math.max(most, waiting.size());
            workOnce();
        }
        checks.await();

        assertThat(most).isEqualTo(2);
        assertThat(checked).containsExactlyInAnyOrderElementsOf(Formats.of(Flow.INDIVIDUALS));
    }

    @Test
    void what_was_found_comes_in_the_order_of_the_files() {
        ChecksAhead checks = checks();
        read(checks, INDIVIDUALS, VACCINATIONS, FAMILIES, MEMBERSHIPS);
        work();

        assertThat(checks.inOrder()).extracting(FileVerdicts::file).containsExactlyElementsOf(files);
    }

    @Test
    void after_a_check_that_fails_none_is_made_of_what_refers_to_its_file_and_who_waits_hears_of_it() {
        ChecksAhead checks = new ChecksAhead(
                files,
                file -> {
                    check(file);
                    if (file.equals(INDIVIDUALS)) {
                        throw new IllegalStateException("no more room");
                    }
                    return new FileVerdicts(file, 1, 1, 0, 0, 0, 0, 0, 0, 0);
                },
                waiting::add);
        read(checks, FAMILIES, INDIVIDUALS, MEMBERSHIPS, VACCINATIONS);
        work();

        assertThatThrownBy(checks::await)
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("no more room");
        Iterator<FileVerdicts> found = checks.inOrder().iterator();
        assertThat(found.next().file()).isEqualTo(FAMILIES);
        assertThatThrownBy(found::next).hasRootCauseMessage("no more room");
        assertThat(checked).containsExactly(FAMILIES, INDIVIDUALS);
        checks.leave();
    }

    @Test
    void who_leaves_waits_for_the_checks_that_were_begun_and_no_other_begins() {
        ChecksAhead checks = new ChecksAhead(files, this::check, Runnable::run);
        read(checks, FAMILIES);
        checks.leave();
        read(checks, INDIVIDUALS);

        assertThat(checked).containsExactly(FAMILIES);
    }

    @Test
    void who_waits_for_a_file_that_is_never_read_hears_that_reading_has_stopped() {
        ChecksAhead checks = checks();
        read(checks, FAMILIES);
        checks.stop();
        work();

        assertThat(checked).as("had not begun").isEmpty();
        assertThatThrownBy(checks::await).hasRootCauseInstanceOf(CancellationException.class);
        assertThatThrownBy(() -> checks.inOrder().iterator().next()).isInstanceOf(CompletionException.class);
        checks.leave();
    }
}
