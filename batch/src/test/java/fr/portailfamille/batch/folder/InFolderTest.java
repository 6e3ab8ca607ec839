package fr.portailfamille.batch.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.exchange.TooManyLotsException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InFolderTest {

    @TempDir
    private Path root;

    private Path in;
    private long nanos;
    private InFolder folder;
    private final List<String> received = new ArrayList<>();
    private int asked;
    private InFolder.@Nullable News news;
    private InFolder.Reply reply = new InFolder.Reply(true, false, "{\"state\":\"RECEIVED\"}");

    @BeforeEach
    void opens() throws IOException {
        in = root.resolve("in");
        folder = new InFolder(in, () -> nanos);
        look();
    }

    private void look() throws IOException {
        nanos += Duration.ofSeconds(2).toNanos();
        folder.look(receiver(content -> {
            received.add(new String(content.readAllBytes(), StandardCharsets.UTF_8));
            return reply;
        }));
    }

    private interface Reception {
        InFolder.Reply receive(InputStream content) throws IOException;
    }

    private InFolder.Receiver receiver(Reception reception) {
        return new InFolder.Receiver() {
            @Override
            public InFolder.Reply receive(InputStream content) throws IOException {
                return reception.receive(content);
            }

            @Override
            public InFolder.News newsOf(String answer) {
                asked++;
                return news == null ? new InFolder.News(answer, false, false) : news;
            }

            @Override
            public void writeRejects(String answer, Writer out) throws IOException {
                out.write("rejects of " + answer);
            }
        };
    }

    private Path put(String name, String content) throws IOException {
        return Files.writeString(in.resolve(name), content);
    }

    private List<String> names(String sub) throws IOException {
        try (Stream<Path> files = Files.list(in.resolve(sub))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void takes_a_file_that_stays_the_same_and_puts_it_away_with_its_answer() throws IOException {
        put("lot.zip", "content");

        look();
        assertThat(received).as("at first sight").isEmpty();
        look();

        assertThat(received).containsExactly("content");
        assertThat(names("done")).containsExactly("lot.zip", "lot.zip.json");
        assertThat(Files.readString(in.resolve("done/lot.zip.json"))).isEqualTo("{\"state\":\"RECEIVED\"}");
        assertThat(in.resolve("lot.zip")).doesNotExist();
    }

    @Test
    void leaves_a_file_alone_that_still_grows() throws IOException {
        for (int i = 0; i < 5; i++) {
            put("lot.zip", "x".repeat(i + 1));
            look();
        }
        assertThat(received).isEmpty();

        look();
        assertThat(received).containsExactly("xxxxx");
    }

    @Test
    void takes_several_in_the_order_of_their_names() throws IOException {
        put("b.zip", "second");
        put("a.zip", "first");
        put("C.ZIP", "capital");
        look();
        look();

        assertThat(received).containsExactly("capital", "first", "second");
    }

    @ParameterizedTest
    @ValueSource(strings = {".lot.zip", "lot.zip.part", "lot.zip.tmp", "lot.filepart", "lisez-moi.txt", "lot.zip.json"})
    void leaves_names_alone_that_are_no_lot_s(String name) throws IOException {
        put(name, "content");
        look();
        look();

        assertThat(received).isEmpty();
        assertThat(in.resolve(name)).exists();
    }

    @Test
    void leaves_links_and_folders_alone() throws IOException {
        Path secret = Files.writeString(root.resolve("secret"), "not for the exchange");
        Files.createSymbolicLink(in.resolve("link.zip"), secret);
        Files.createDirectory(in.resolve("folder.zip"));
        look();
        look();

        assertThat(received).isEmpty();
        assertThat(names("done")).isEmpty();
        assertThat(names("refused")).isEmpty();
    }

    @Test
    void a_folder_that_is_a_link_is_not_entered() throws IOException {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("lot.zip"), "not for the exchange");
        Path link = Files.createSymbolicLink(root.resolve("link"), elsewhere);

        assertThatThrownBy(() -> new InFolder(link, () -> nanos).look(receiver(content -> reply)))
                .isInstanceOf(NotDirectoryException.class);
        assertThat(elsewhere).isDirectoryContaining("glob:**lot.zip").isDirectoryNotContaining("glob:**done");
    }

    @Test
    void an_answer_is_not_written_through_a_link() throws IOException {
        Path victim = Files.writeString(root.resolve("victim"), "untouched");
        Files.createSymbolicLink(in.resolve("done/.lot.zip.json"), victim);
        put("lot.zip", "content");
        look();
        look();

        assertThat(Files.readString(victim)).isEqualTo("untouched");
        assertThat(Files.readString(in.resolve("done/lot.zip.json"))).contains("RECEIVED");
    }

    @Test
    void puts_a_refused_file_away_with_the_reason() throws IOException {
        reply = new InFolder.Reply(false, false, "{\"code\":\"BAD_MANIFEST\"}");
        put("lot.zip", "content");
        look();
        look();

        assertThat(names("refused")).containsExactly("lot.zip", "lot.zip.json");
        assertThat(Files.readString(in.resolve("refused/lot.zip.json"))).contains("BAD_MANIFEST");
        assertThat(names("done")).isEmpty();
    }

    @Test
    void gives_a_truncated_file_a_minute_before_it_is_refused() throws IOException {
        reply = new InFolder.Reply(false, true, "{\"code\":\"NOT_A_ZIP\"}");
        put("lot.zip", "half");
        look();
        look();
        assertThat(names("refused")).isEmpty();

        nanos += InFolder.PATIENCE.toNanos();
        look();
        assertThat(names("refused")).contains("lot.zip");
    }

    @Test
    void keeps_what_was_put_away_before_under_the_same_name() throws IOException {
        for (int i = 1; i <= 3; i++) {
            put("lot.zip", "content " + i);
            look();
            look();
        }

        assertThat(names("done"))
                .containsExactly(
                        "lot-2.zip", "lot-2.zip.json", "lot-3.zip", "lot-3.zip.json", "lot.zip", "lot.zip.json");
        assertThat(Files.readString(in.resolve("done/lot-3.zip"))).isEqualTo("content 3");
    }

    @Test
    void a_file_that_replaces_one_that_is_being_read_is_read_too_and_both_have_an_answer() throws IOException {
        put("lot.zip", "first");
        look();
        folder.look(receiver(content -> {
            received.add(new String(content.readAllBytes(), StandardCharsets.UTF_8));
            Files.move(put(".lot.zip", "second"), in.resolve("lot.zip"), StandardCopyOption.REPLACE_EXISTING);
            return new InFolder.Reply(true, false, "{\"of\":\"first\"}");
        }));
        assertThat(Files.readString(in.resolve("lot.zip"))).isEqualTo("second");
        assertThat(names("done")).containsExactly("lot.zip.json");

        look();
        look();

        assertThat(received).containsExactly("first", "second");
        assertThat(names("done")).containsExactly("lot-2.zip", "lot-2.zip.json", "lot.zip.json");
        assertThat(Files.readString(in.resolve("done/lot.zip.json"))).contains("first");
        assertThat(Files.readString(in.resolve("done/lot-2.zip"))).isEqualTo("second");
        assertThat(in.resolve("lot.zip")).doesNotExist();
    }

    @Test
    void a_file_that_is_taken_back_while_it_is_read_leaves_its_answer() throws IOException {
        put("lot.zip", "content");
        look();
        folder.look(receiver(content -> {
            Files.delete(in.resolve("lot.zip"));
            return reply;
        }));

        assertThat(names("done")).containsExactly("lot.zip.json");
    }

    @Test
    void gives_a_file_again_after_a_crash_between_receiving_and_putting_away() throws IOException {
        put("lot.zip", "content");
        look();
        assertThatThrownBy(() -> folder.look(receiver(content -> {
                    received.add("stored");
                    throw new IllegalStateException("the power is gone");
                })))
                .isInstanceOf(IllegalStateException.class);
        assertThat(in.resolve("lot.zip")).exists();

        folder = new InFolder(in, () -> nanos);
        look();
        look();

        assertThat(received).containsExactly("stored", "content");
        assertThat(names("done")).containsExactly("lot.zip", "lot.zip.json");
    }

    @Test
    void an_unreadable_file_is_tried_again_after_a_while_or_when_it_changes_and_holds_up_nobody() throws IOException {
        put("a.zip", "unreadable");
        put("b.zip", "good");
        look();
        int[] tries = new int[1];
        InFolder.Receiver receiver = receiver(content -> {
            if (new String(content.readAllBytes(), StandardCharsets.UTF_8).equals("unreadable")) {
                tries[0]++;
                throw new IOException("cannot be read");
            }
            return reply;
        });
        folder.look(receiver);
        folder.look(receiver);

        assertThat(tries[0]).isEqualTo(1);
        assertThat(names("done")).contains("b.zip");
        nanos += InFolder.PATIENCE.toNanos();
        folder.look(receiver);
        assertThat(tries[0]).as("after a while the fault may have passed").isEqualTo(2);
        put("a.zip", "readable now");
        look();
        look();
        assertThat(received).containsExactly("readable now");
    }

    @Test
    void a_file_waits_in_its_place_while_too_many_lots_wait_for_their_turn() throws IOException {
        put("a.zip", "content");
        look();
        folder.look(receiver(content -> {
            throw new TooManyLotsException();
        }));
        assertThat(names("done")).isEmpty();
        assertThat(names("refused")).isEmpty();
        look();
        assertThat(names("done")).contains("a.zip");
    }

    @Test
    void the_answer_follows_the_lot_to_its_end_also_after_a_start() throws IOException {
        put("lot.zip", "content");
        look();
        look();
        Path answer = in.resolve("done/lot.zip.json");
        news = new InFolder.News("{\"state\":\"RUNNING\"}", false, true);
        look();
        assertThat(Files.readString(answer)).contains("RUNNING");
        assertThat(names("done")).as("it may still get others").doesNotContain("lot.zip.rejects.csv");

        folder = new InFolder(in, () -> nanos);
        news = new InFolder.News("{\"state\":\"APPLIED\"}", true, true);
        look();
        assertThat(Files.readString(answer)).contains("APPLIED");
        assertThat(Files.readString(in.resolve("done/lot.zip.rejects.csv")))
                .isEqualTo("rejects of {\"state\":\"APPLIED\"}");
        int before = asked;
        look();
        assertThat(asked).as("nobody asks any more").isEqualTo(before);
    }

    @Test
    void an_answer_that_another_server_left_behind_is_followed_too() throws IOException {
        Path answer = in.resolve("done/lot.zip.json");
        Files.writeString(answer, "{\"state\":\"RECEIVED\"}");
        news = new InFolder.News("{\"state\":\"APPLIED\"}", true, false);
        nanos += InFolder.PATIENCE.toNanos();

        look();

        assertThat(Files.readString(answer)).contains("APPLIED");
        int before = asked;
        nanos += InFolder.PATIENCE.toNanos();
        look();
        assertThat(asked).as("nobody asks any more").isEqualTo(before);
    }

    @Test
    void erases_after_thirty_days() throws IOException {
        put("old.zip", "old");
        put("new.zip", "new");
        look();
        look();
        Instant now = Instant.parse("2026-11-20T08:00:00Z");
        for (String name : names("done")) {
            Duration age = name.startsWith("old") ? InFolder.KEPT.plusHours(1) : InFolder.KEPT.minusHours(1);
            Files.setLastModifiedTime(in.resolve("done").resolve(name), FileTime.from(now.minus(age)));
        }

        folder.eraseOlderThan(now);

        assertThat(names("done")).containsExactly("new.zip", "new.zip.json");
    }
}
