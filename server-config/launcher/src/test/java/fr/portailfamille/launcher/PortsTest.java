package fr.portailfamille.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void an_offset_moves_all_of_them() {
        assertThat(Ports.offset(100)).isEqualTo(new Ports(8180, 8543, 10090, 54420, 3125));
    }

    @Test
    void free_ports_differ_from_each_other() {
        Ports ports = Ports.free();

        assertThat(Set.of(ports.http(), ports.https(), ports.management(), ports.database(), ports.smtp()))
                .hasSize(5);
    }

    @Test
    void a_taken_port_is_named_with_the_setting_that_moves_it() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.requireFree("HTTP", taken.getLocalPort()))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()))
                    .hasMessageContaining("HTTP")
                    .hasMessageContaining("PORTAIL_PORT_OFFSET");
        }
    }
}
