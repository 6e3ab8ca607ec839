package fr.portailfamille.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    @TempDir
    private Path folder;

    @Test
    void a_secret_has_256_random_bits_and_stays_the_same() {
        String first = new StateFolder(folder).secret("master");

        assertThat(Base64.getDecoder().decode(first)).hasSize(32);
        assertThat(new StateFolder(folder).secret("master")).isEqualTo(first);
        assertThat(new StateFolder(folder).secret("operator")).isNotEqualTo(first);
    }

    @Test
    void nobody_else_reads_a_secret() throws IOException {
        Path file = new StateFolder(folder).secretFile("master");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void a_tree_is_deleted_with_all_in_it_and_links_are_not_followed() throws IOException {
        Path kept = Files.writeString(folder.resolve("kept"), "x");
        Path tree = Files.createDirectories(folder.resolve("tree/inner"));
        Files.writeString(tree.resolve("file"), "x");
        Files.createSymbolicLink(tree.resolve("link"), kept);

        StateFolder.deleteTree(folder.resolve("tree"));

        assertThat(folder.resolve("tree")).doesNotExist();
        assertThat(kept).exists();
    }
}
