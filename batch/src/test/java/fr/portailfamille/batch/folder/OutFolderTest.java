package fr.portailfamille.batch.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutFolderTest {

    @TempDir
    private Path root;

    private Path out;
    private final Table table = new Table();

    @BeforeEach
    void names() {
        out = root.resolve("out");
    }

    private void look() throws IOException {
        new OutFolder(out).look(table);
    }

    /** Files as a business application sees them: those that are not hidden. */
    private List<String> visible() throws IOException {
        try (Stream<Path> files = Files.list(out)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** What the database keeps. */
    private static final class Table implements OutFolder.Offers {
        private final Deque<String> waiting = new ArrayDeque<>();
        private final List<String> taken = new ArrayList<>();
        private @Nullable String current;
        private boolean written;
        private boolean acknowledged;
        private boolean diskFull;
        private boolean dies;

        private final class Lot implements OutFolder.Offer {
            private final String content;

            private Lot(String content) {
                this.content = content;
            }

            @Override
            public String name() {
                return content + ".zip";
            }

            @Override
            public boolean written() {
                return written;
            }

            @Override
            public boolean acknowledged() {
                return acknowledged;
            }

            @Override
            public void writeTo(OutputStream stream) throws IOException {
                stream.write(content.getBytes(StandardCharsets.UTF_8));
                if (diskFull) {
                    throw new IOException("No space left on device");
                }
            }
        }

        @Override
        public Optional<Lot> current() {
            return Optional.ofNullable(current).map(Lot::new);
        }

        @Override
        public Optional<Lot> next() {
            current = waiting.poll();
            written = false;
            return current();
        }

        @Override
        public void written() {
            if (dies) {
                throw new IllegalStateException("the power is gone");
            }
            written = true;
        }

        @Override
        public void taken() {
            taken.add(current);
        }

        @Override
        public void done() {
            current = null;
            written = false;
            acknowledged = false;
        }
    }

    @Test
    void lays_out_one_lot_and_the_next_when_it_is_taken() throws IOException {
        table.waiting.addAll(List.of("one", "two"));
        look();
        look();
        assertThat(visible()).containsExactly("one.zip");
        assertThat(Files.readString(out.resolve("one.zip"))).isEqualTo("one");
        assertThat(table.taken).isEmpty();

        Files.delete(out.resolve("one.zip"));
        look();

        assertThat(table.taken).containsExactly("one");
        assertThat(visible()).containsExactly("two.zip");
        Files.move(out.resolve("two.zip"), root.resolve("elsewhere.zip"));
        look();
        assertThat(table.taken).containsExactly("one", "two");
        assertThat(visible()).isEmpty();
    }

    @Test
    void writes_through_no_link() throws IOException {
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Files.createSymbolicLink(out, elsewhere);
        table.waiting.add("one");

        assertThatThrownBy(this::look).isInstanceOf(NotDirectoryException.class);
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(table.waiting).as("it waits").containsExactly("one");
    }

    @Test
    void lays_nothing_out_where_nothing_waits() throws IOException {
        look();

        assertThat(visible()).isEmpty();
    }

    @Test
    void writes_again_what_a_crash_left_unfinished() throws IOException {
        table.waiting.add("one");
        table.dies = true;
        assertThatThrownBy(this::look).isInstanceOf(IllegalStateException.class);
        table.dies = false;
        Files.writeString(out.resolve(".one.zip.part"), "hal");

        look();

        assertThat(Files.readString(out.resolve("one.zip"))).isEqualTo("one");
        assertThat(table.taken).isEmpty();
        assertThat(out.resolve(".one.zip.part")).doesNotExist();
    }

    @Test
    void does_not_believe_a_lot_taken_that_it_never_saw_complete() throws IOException {
        table.waiting.add("one");
        table.dies = true;
        assertThatThrownBy(this::look).isInstanceOf(IllegalStateException.class);
        table.dies = false;
        Files.delete(out.resolve("one.zip"));

        look();

        assertThat(table.taken).isEmpty();
        assertThat(visible()).containsExactly("one.zip");
    }

    @Test
    void does_not_believe_a_lot_taken_when_the_folder_itself_is_gone() throws IOException {
        table.waiting.add("one");
        look();
        Files.move(out, root.resolve("not-mounted"));

        look();

        assertThat(table.taken).isEmpty();
        assertThat(visible()).containsExactly("one.zip");
    }

    @Test
    void a_mark_that_was_swept_away_is_laid_again_while_the_lot_waits() throws IOException {
        table.waiting.add("one");
        look();
        Files.delete(out.resolve(".portail-famille"));
        look();
        Files.delete(out.resolve("one.zip"));
        look();

        assertThat(table.taken).containsExactly("one");
    }

    @Test
    void takes_back_what_was_acknowledged_another_way() throws IOException {
        table.waiting.addAll(List.of("one", "two"));
        look();
        table.acknowledged = true;

        look();

        assertThat(visible()).containsExactly("two.zip");
        assertThat(table.taken).as("it is acknowledged already").isEmpty();
    }

    @Test
    void a_full_disk_leaves_no_half_file() throws IOException {
        table.waiting.add("one");
        table.diskFull = true;
        assertThatThrownBy(this::look).hasMessageContaining("No space");
        assertThat(visible()).isEmpty();
        assertThat(out.resolve(".one.zip.part")).doesNotExist();

        table.diskFull = false;
        look();
        assertThat(visible()).containsExactly("one.zip");
    }
}
