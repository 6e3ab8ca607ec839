package fr.portailfamille.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

    @TempDir
    private Path place;

    @Test
    void what_a_killed_server_left_is_gone() throws IOException {
        Path folder = Files.createDirectories(place.resolve("scratch"));
        Files.writeString(folder.resolve("lot.zip"), "IBAN");
        assertThat(Scratch.emptied(folder)).isEmptyDirectory();
    }

    @Test
    void only_the_servers_user_may_enter() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Scratch.emptied(place.resolve("new")))))
                .isEqualTo("rwx------");
    }
}
