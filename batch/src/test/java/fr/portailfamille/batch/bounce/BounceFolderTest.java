package fr.portailfamille.batch.bounce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.notice.bounce.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("P11")
class BounceFolderTest {

    @TempDir
    private Path in;

    private long nanos;
    private BounceFolder folder;
    private final List<String> taken = new ArrayList<>();

    @BeforeEach
    void opens() {
        folder = new BounceFolder(in, () -> nanos);
    }

    private void look() throws IOException {
        folder.look(mail -> {
            String text = new String(mail.readAllBytes(), StandardCharsets.UTF_8);
            taken.add(text);
            if (text.startsWith("fault")) {
                throw new IllegalStateException("The database is away");
            }
            return text.startsWith("good") ? Verdict.NOTED : Verdict.UNKNOWN_MAIL;
        });
    }

    private Path drop(String name, String text) throws IOException {
        return Files.writeString(in.resolve(name), text);
    }

    private List<String> texts(String below) throws IOException {
        try (Stream<Path> files = Files.list(in.resolve(below))) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.toList()) {
                texts.add(Files.readString(file));
            }
            return texts;
        }
    }

    @Test
    void a_mail_is_taken_once_it_rests_and_put_where_its_verdict_belongs() throws IOException {
        drop("anne@famille.invalid.eml", "good");
        drop("other.EML", "strange");
        look();
        assertThat(taken).isEmpty();
        look();
        assertThat(taken).containsExactlyInAnyOrder("good", "strange");
        assertThat(texts("done")).containsExactly("good");
        assertThat(texts("aside")).containsExactly("strange");
        look();
        assertThat(taken).hasSize(2);
        try (Stream<Path> files = Files.list(in.resolve("done"))) {
            assertThat(files).noneMatch(file -> file.toString().contains("anne"));
        }
    }

    @Test
    void one_that_still_grows_waits() throws IOException {
        drop("a.eml", "go");
        look();
        drop("a.eml", "good");
        look();
        assertThat(taken).isEmpty();
        look();
        assertThat(taken).containsExactly("good");
    }

    @Test
    void hidden_files_links_folders_and_others_are_left_alone() throws IOException {
        drop(".a.eml", "hidden");
        drop("a.txt", "other");
        Files.createDirectory(in.resolve("folder.eml"));
        Path secret = Files.writeString(
                Files.createDirectories(in.resolve("elsewhere")).resolve("secret"), "secret");
        Files.createSymbolicLink(in.resolve("link.eml"), secret);
        look();
        look();
        look();
        assertThat(taken).isEmpty();
        assertThat(in.resolve("link.eml")).exists();
        assertThat(secret).exists();
    }

    @Test
    void one_that_cannot_be_taken_keeps_no_other_waiting_and_is_tried_again_after_a_while() throws IOException {
        Path bad = drop("a.eml", "fault");
        drop("b.eml", "good");
        look();
        look();
        assertThat(texts("done")).containsExactly("good");
        assertThat(bad).exists();
        look();
        nanos += BounceFolder.PAUSE.toNanos() - 1;
        look();
        assertThat(taken).containsExactlyInAnyOrder("fault", "good");
        nanos += 1;
        look();
        assertThat(taken).filteredOn("fault"::equals).hasSize(2);
        drop("a.eml", "good after all");
        look();
        look();
        assertThat(texts("done")).hasSize(2);
    }

    @Test
    void a_link_in_the_place_of_a_folder_is_refused() throws IOException {
        Files.createSymbolicLink(in.resolve("done"), Files.createDirectory(in.resolve("elsewhere")));
        assertThatThrownBy(this::look).isInstanceOf(NotDirectoryException.class);
    }

    @Test
    void what_was_put_away_is_erased_after_its_time() throws IOException {
        drop("a.eml", "good");
        drop("b.eml", "strange");
        look();
        look();
        Instant now = Instant.parse("2026-11-26T12:00:00Z");
        try (Stream<Path> files = Files.walk(in)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(
                        file,
                        FileTime.from(now.minus(
                                file.getParent().endsWith("done") ? Duration.ofDays(31) : Duration.ofDays(29))));
            }
        }
        folder.eraseOlderThan(now);
        assertThat(texts("done")).isEmpty();
        assertThat(texts("aside")).hasSize(1);
    }
}
