package fr.portailfamille.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailpointsTest {

    @TempDir
    private Path folder;

    private Path next;
    private Failpoints failpoints;

    @BeforeEach
    void chooses() {
        next = folder.resolve("failpoint");
        failpoints = new Failpoints(next);
    }

    @Test
    void ends_at_the_chosen_place_the_chosen_time_and_never_again() throws IOException {
        Files.writeString(next, "mid-merge/billing:2");
        assertThat(failpoints.endsAt("mid-merge/billing")).isFalse();
        assertThat(failpoints.endsAt("mid-merge")).as("another place").isFalse();
        assertThat(failpoints.endsAt("mid-merge/bookings")).as("another place").isFalse();
        assertThat(failpoints.endsAt("mid-merge/billing")).isTrue();
        assertThat(failpoints.endsAt("mid-merge/billing")).isFalse();
    }

    @Test
    void writes_down_what_it_passes_while_it_is_asked_to() throws IOException {
        failpoints.endsAt("after-turn/reference");
        Path passes = Files.createFile(folder.resolve("failpoint.passes"));
        failpoints.endsAt("mid-merge/reference");
        failpoints.endsAt("mid-merge/reference");
        assertThat(passes).hasContent("mid-merge/reference\nmid-merge/reference");
        Files.delete(passes);
        failpoints.endsAt("after-report/reference");
        assertThat(passes).doesNotExist();
    }
}
