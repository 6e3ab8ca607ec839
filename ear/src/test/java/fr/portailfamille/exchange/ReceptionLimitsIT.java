package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.portailfamille.exchange.format.RefusedException;
import fr.portailfamille.launcher.Waiting;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a sender may ask of the door to which lots come: so much, so many at once, and an answer whatever happens. */
@Tag("container")
@Tag("X2")
@Tag("X7")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ReceptionLimitsIT {

    private static final String INCIDENT = "Incident [0-9a-f-]{36}\\.";
    private static final String DISK_FULL = " using errcode = 'disk_full'";

    /** As {@code ./portail test} sets it. */
    private static final int LARGEST = 32 << 20;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Vendor vendor = Vendor.ofNewTown();

    @Test
    void a_lot_that_announces_too_much_is_refused_before_it_is_sent() throws IOException {
        try (RawPost post = vendor.post("Content-Length: " + (LARGEST + 1))) {
            isTooLarge(post.answer());
        }
    }

    @Test
    void a_lot_that_announces_nothing_is_refused_where_it_becomes_too_large() throws IOException, SQLException {
        try (RawPost post = vendor.post("Transfer-Encoding: chunked")) {
            post.write(Integer.toHexString(LARGEST + 1) + "\r\n");
            byte[] piece = new byte[1 << 16];
            for (int sent = 0; sent < LARGEST; sent += piece.length) {
                post.write(piece);
            }
            post.write(new byte[1]);
            isTooLarge(post.answer());
        }
        assertThat(vendor.value("select count(*) from app.lot where town_id = :town"))
                .isEqualTo("0");
    }

    @Test
    void an_encrypted_lot_and_one_with_something_behind_it_are_refused_as_the_inspection_says(@TempDir Path folder)
            throws IOException, SQLException {
        byte[] good = TestLot.full(vendor.town(), "individuals", 1)
                .file("individuals.csv", "individual_ref,last_name,first_name", "I1,ROUX,Ève")
                .zip();
        isRefusedAsByTheInspection(encrypted(good), folder);
        isRefusedAsByTheInspection(Arrays.copyOf(good, good.length + 3), folder);
        assertThat(vendor.value("select count(*) from app.lot where town_id = :town"))
                .isEqualTo("0");
        assertThat(vendor.send(good).status()).as("as it was").isEqualTo(202);
    }

    private void isRefusedAsByTheInspection(byte[] lot, Path folder) throws IOException {
        Path file = Files.write(folder.resolve("lot.zip"), lot);
        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> new LotInspection(file, LotLimits.USUAL).inspect());
        Vendor.Answer answer = vendor.send(lot);
        assertThat(answer.status()).as(answer.body()).isEqualTo(415);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.code()).isEqualTo("NOT_A_ZIP").isEqualTo(refused.code());
        assertThat(answer.json().getString("detail"))
                .isEqualTo(RejectReasons.sentence(refused.code(), null, refused.detail()));
    }

    /** Each entry says that it is, in its own header and in the directory. */
    private static byte[] encrypted(byte[] zip) {
        ByteBuffer bytes = ByteBuffer.wrap(zip.clone()).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < zip.length - 10; at++) {
            int flags = bytes.getInt(at) == 0x04034b50 ? at + 6 : bytes.getInt(at) == 0x02014b50 ? at + 8 : -1;
            if (flags >= 0) {
                bytes.putShort(flags, (short) (bytes.getShort(flags) | 1));
            }
        }
        return bytes.array();
    }

    private static void isTooLarge(RawPost.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(413);
        assertThat(answer.headers().get("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().getString("code")).isEqualTo("TOO_LARGE");
    }

    @Test
    void a_town_that_sends_too_many_lots_at_once_is_put_off_and_others_are_not() throws IOException {
        List<RawPost> underWay = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                RawPost post = vendor.post("Transfer-Encoding: chunked", "Expect: 100-continue");
                underWay.add(post);
                post.awaitContinue();
                post.write("1\r\nP\r\n");
            }
            Vendor.Answer putOff = noLot(vendor);
            assertThat(putOff.status()).as(putOff.body()).isEqualTo(429);
            assertThat(putOff.type()).startsWith("application/problem+json");
            assertThat(putOff.code()).isEqualTo("TOO_MANY_LOTS");
            assertThat(putOff.retryAfter()).isEqualTo("5");
            assertThat(noLot(Vendor.ofNewTown()).status()).isEqualTo(415);

            underWay.get(0).write("0\r\n\r\n");
            assertThat(underWay.get(0).answer().status()).isEqualTo(415);
            assertThat(noLot(vendor).status()).as("there is room again").isEqualTo(415);
        } finally {
            for (RawPost post : underWay) {
                post.close();
            }
        }
    }

    @Test
    void whoever_hangs_up_makes_room() throws IOException {
        for (int i = 0; i < 4; i++) {
            try (RawPost post = vendor.post("Transfer-Encoding: chunked", "Expect: 100-continue")) {
                post.awaitContinue();
            }
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (noLot(vendor).status() == 429 && System.nanoTime() < end) {
            Waiting.aMoment();
        }
        assertThat(noLot(vendor).status()).isEqualTo(415);
    }

    private static Vendor.Answer noLot(Vendor sender) {
        return sender.send("Bonjour".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_lot_that_would_unpack_to_too_much_is_refused() {
        byte[] lot = people().document("1.pdf", new byte[1])
                .document("2.pdf", new byte[1])
                .zip();
        claim(lot, "documents/1.pdf");
        claim(lot, "documents/2.pdf");
        isRefused(413, "TOO_LARGE", lot);
        isRefused(
                413,
                "TOO_LARGE",
                people().manifest(text -> text.replace("\"rows\": 1", "\"rows\": 20000001"))
                        .zip());
    }

    /** The directory says that the file has nearly 4 GiB, and half of it when compressed. */
    private static void claim(byte[] zip, String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < zip.length - 46 - wanted.length; at++) {
            if (bytes.getInt(at) == 0x02014b50
                    && Arrays.equals(wanted, 0, wanted.length, zip, at + 46, at + 46 + wanted.length)) {
                bytes.putInt(at + 20, 0x7FFFFFFF);
                bytes.putInt(at + 24, 0xFFFFFFF0);
                return;
            }
        }
        throw new IllegalArgumentException("No " + name);
    }

    @Test
    void a_lot_that_would_burst_or_has_a_file_twice_is_refused() {
        String equal = "individual_ref,last_name,first_name\n" + "I1,ROUX,Ève\n".repeat(300_000);
        isRefused(
                422,
                "RATIO",
                people().file("individuals.csv", equal.getBytes(StandardCharsets.UTF_8))
                        .zip());
        isRefused(422, "DUPLICATE_FILE", people().unlisted("Individuals.csv").zip());
    }

    private void isRefused(int status, String code, byte[] lot) {
        Vendor.Answer answer = vendor.send(lot);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).startsWith("application/problem+json");
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void a_fault_of_ours_is_told_by_a_number_and_nothing_of_what_is_inside() throws SQLException {
        isToldOfAFault(vendor, "insert on app.lot", "", 500, "INTERNAL", "", INCIDENT);
    }

    @Test
    void a_fault_that_passes_asks_the_caller_to_come_again() throws SQLException {
        isToldOfAFault(vendor, "insert on app.lot", DISK_FULL, 503, "UNAVAILABLE", "10", INCIDENT);
    }

    @Test
    void while_keys_cannot_be_looked_up_the_caller_is_asked_to_come_again() throws SQLException {
        // The first use of a key is noted.
        isToldOfAFault(
                Vendor.ofNewTown(),
                "update on app.exchange_key",
                DISK_FULL,
                503,
                "UNAVAILABLE",
                "10",
                "The portal cannot answer for a moment.");
    }

    private static void isToldOfAFault(
            Vendor vendor, String where, String fault, int status, String code, String again, String detail)
            throws SQLException {
        String town = vendor.value("select :town");
        vendor.update("create function app.fault_of_ours() returns trigger language plpgsql as"
                + " $$ begin raise exception 'inside of the database'" + fault + "; end $$");
        vendor.update("create trigger fault_of_ours before " + where + " for each row when (new.town_id = " + town
                + ") execute function app.fault_of_ours()");
        try {
            Vendor.Answer answer = vendor.send(people(vendor));
            assertThat(answer.status()).as(answer.body()).isEqualTo(status);
            assertThat(answer.type()).startsWith("application/problem+json");
            assertThat(answer.retryAfter()).isEqualTo(again);
            JsonObject problem = answer.json();
            assertThat(problem.keySet()).containsExactlyInAnyOrder("title", "status", "code", "detail");
            assertThat(problem.getString("code")).isEqualTo(code);
            assertThat(problem.getString("detail")).matches(detail);
        } finally {
            vendor.update("drop function app.fault_of_ours() cascade");
        }
        assertThat(vendor.apply(people(vendor)).getString("state")).isEqualTo("APPLIED");
    }

    @Test
    void a_field_that_is_too_long_costs_its_row_and_not_the_lot() throws SQLException {
        // Beyond what a reader of CSV holds of one field.
        String endless = letters(4_500_000);
        JsonObject state = vendor.apply(TestLot.full(vendor.town(), "individuals", 1)
                .file(
                        "individuals.csv",
                        "individual_ref,last_name,first_name,colour",
                        "I1,ROUX,Ève,vert",
                        "I2,ROUX,\"" + endless + "\",vert",
                        "I3,ROUX,Ève," + endless,
                        "I4,ROUX,Ève,vert"));
        assertThat(state.getString("state")).as(state.toString()).isEqualTo("APPLIED");
        assertThat(vendor.value("select string_agg(ref, ',' order by ref) from app.individual where town_id = :town"))
                .isEqualTo("I1,I4");
        assertThat(vendor.get("/lots/" + state.getString("lotId") + "/rejects.csv")
                        .body()
                        .lines()
                        .filter(line -> line.contains("TOO_LONG")))
                .hasSize(2)
                .anyMatch(line -> line.contains("first_name"))
                .anyMatch(line -> line.contains("colour"));
    }

    /** At random, or they would shrink too well to be taken. */
    private static String letters(int many) {
        Random random = new Random(1);
        StringBuilder letters = new StringBuilder(many);
        for (int i = 0; i < many; i++) {
            letters.append((char) ('a' + random.nextInt(26)));
        }
        return letters.toString();
    }

    private TestLot people() {
        return people(vendor);
    }

    private static TestLot people(Vendor vendor) {
        return TestLot.full(vendor.town(), "individuals", 1)
                .file("individuals.csv", "individual_ref,last_name,first_name", "I1,ROUX,Ève");
    }
}
