package fr.portailfamille.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LotImportTest {
    @TempDir
    private Path folder;

    private final Deque<String> states = new ArrayDeque<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private String accepted = "202";
    private HttpServer portal;
    private LotImport lots;

    @BeforeEach
    void startPortal() throws IOException {
        portal = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        portal.createContext(
                "/exchange/operator/towns/saint-exemple/keys", exchange -> answer(exchange, 201, "{\"key\":\"k\"}"));
        portal.createContext("/exchange/v1/saint-exemple/lots", exchange -> {
            if (exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders()
                        .set("Location", "http://elsewhere.example/exchange/v1/saint-exemple/lots/l1");
                answer(exchange, Integer.parseInt(accepted), "{\"code\":\"SEQUENCE_REPLAYED\",\"detail\":\"used\"}");
            } else if (exchange.getRequestURI().getPath().endsWith("rejects.csv")) {
                answer(exchange, 200, "file,line,code\nfamilies.csv,3,MISSING\n");
            } else {
                answer(exchange, 200, states.size() > 1 ? states.poll() : states.peek());
            }
        });
        portal.start();
        PortalApi api = new PortalApi(
                "http://127.0.0.1:" + portal.getAddress().getPort(), new StateFolder(folder.resolve("state")));
        lots = new LotImport(api, new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopPortal() {
        portal.stop(0);
    }

    @Test
    void follows_a_lot_to_its_end_and_prints_counts_and_rejects() throws IOException {
        states.add("{\"state\":\"RUNNING\",\"progress\":40}");
        states.add("{\"state\":\"APPLIED\",\"progress\":100,\"rows\":{\"created\":7,\"rejected\":1}}");

        boolean good = lots.send("saint-exemple", List.of(lot()), false);

        assertThat(good).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("✓ lot.zip  APPLIED", "created 7", "rejected 1", "families.csv,3,MISSING");
    }

    @Test
    void a_lot_that_waits_for_a_missing_number_is_not_waited_for() throws IOException {
        states.add("{\"state\":\"WAITING\",\"waitingFor\":12}");

        assertThat(lots.send("saint-exemple", List.of(lot()), false)).isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("WAITING");
    }

    @Test
    void a_refused_lot_says_why() throws IOException {
        accepted = "409";

        assertThat(lots.send("saint-exemple", List.of(lot()), false)).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("✗ lot.zip  HTTP 409: SEQUENCE_REPLAYED used");
    }

    @Test
    void a_lot_that_ends_badly_is_told_from_a_good_one() throws IOException {
        states.add("{\"state\":\"REFUSED\",\"reasons\":[{\"code\":\"BAD_ENCODING\"}]}");

        assertThat(lots.send("saint-exemple", List.of(lot()), false)).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("✗ lot.zip  REFUSED", "BAD_ENCODING");
    }

    @Test
    void a_folder_stands_for_its_archives_in_order() throws IOException {
        Files.createFile(folder.resolve("02_b.zip"));
        Files.createFile(folder.resolve("01_a.zip"));
        Files.createFile(folder.resolve("README.md"));

        assertThat(LotImport.lots(List.of(folder)))
                .containsExactly(folder.resolve("01_a.zip"), folder.resolve("02_b.zip"));
    }

    private Path lot() throws IOException {
        return Files.writeString(folder.resolve("lot.zip"), "content");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
