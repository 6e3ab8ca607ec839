package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Formats;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ChecksAheadTest {

    private final List<FileFormat> files = Formats.of(Flow.INDIVIDUALS);
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<FileFormat> checked = new ArrayList<>();

    private void work() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }

    @Test
    void files_are_checked_one_after_the_other_in_the_order_in_which_they_were_read() {
        ChecksAhead checks = new ChecksAhead(checked::add, waiting::add);
        checks.staged(files.get(0));
        checks.staged(files.get(1));

        assertThat(waiting).as("the second waits for the first").hasSize(1);
        work();
        checks.staged(files.get(2));
        work();
        checks.await();

        assertThat(checked).containsExactly(files.get(0), files.get(1), files.get(2));
    }

    @Test
    void a_check_that_fails_is_the_last_and_is_heard_of_by_who_waits() {
        ChecksAhead checks = new ChecksAhead(
                file -> {
                    checked.add(file);
                    throw new IllegalStateException("no more room");
                },
                waiting::add);
        checks.staged(files.get(0));
        checks.staged(files.get(1));
        work();

        assertThatThrownBy(checks::await)
                .isInstanceOf(CompletionException.class)
                .hasRootCauseMessage("no more room");
        assertThat(checked).containsExactly(files.get(0));
        checks.leave();
    }

    @Test
    void who_leaves_waits_for_the_check_that_was_begun_and_no_other_begins() {
        ChecksAhead checks = new ChecksAhead(checked::add, Runnable::run);
        checks.staged(files.get(0));
        checks.leave();
        checks.staged(files.get(1));

        assertThat(checked).containsExactly(files.get(0));
    }

    @Test
    void without_any_there_is_nothing_to_wait_for() {
        ChecksAhead checks = new ChecksAhead(checked::add, waiting::add);
        checks.await();
        checks.leave();
        assertThat(checked).isEmpty();
    }
}
