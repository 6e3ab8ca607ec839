package fr.portailfamille.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnProcessTest {
    @TempDir
    private Path folder;

    private Path file;
    private OwnProcess process;

    @BeforeEach
    void start() {
        file = folder.resolve("sleep.pid");
        process = new OwnProcess(file);
        process.start(List.of("sleep", "60"), Map.of(), folder, folder.resolve("log"));
    }

    @AfterEach
    void kill() {
        process.kill();
    }

    @Test
    void is_found_again_by_another_command() {
        assertThat(new OwnProcess(file).isRunning()).isTrue();
    }

    @Test
    void is_gone_after_a_stop() {
        process.stop(Duration.ofSeconds(10));

        assertThat(process.isRunning()).isFalse();
        assertThat(file).doesNotExist();
    }

    @Test
    void a_process_that_took_the_number_over_is_not_taken_for_it() throws IOException {
        String pid = Files.readString(file).split(" ", -1)[0];
        Files.writeString(folder.resolve("stale.pid"), pid + " 12345\n");
        OwnProcess stale = new OwnProcess(folder.resolve("stale.pid"));

        assertThat(stale.isRunning()).isFalse();
        stale.kill();
        assertThat(process.isRunning()).isTrue();
    }

    /** Who kills it deletes the file after its end; who waits for that end looks into the file meanwhile. */
    @RepeatedTest(50)
    void one_thread_looks_at_it_and_starts_it_again_while_another_kills_it() throws Exception {
        ProcessHandle killed = process.running().orElseThrow();
        CompletableFuture<Void> killer = CompletableFuture.runAsync(process::kill);
        while (process.isRunning() || Files.exists(file)) {
            Thread.onSpinWait();
        }

        process.start(List.of("sleep", "60"), Map.of(), folder, folder.resolve("log"));
        killer.get(10, TimeUnit.SECONDS);

        assertThat(process.running())
                .hasValueSatisfying(again -> assertThat(again.pid()).isNotEqualTo(killed.pid()));
    }
}
