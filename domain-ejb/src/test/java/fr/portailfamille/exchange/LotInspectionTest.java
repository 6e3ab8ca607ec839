package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Mode;
import fr.portailfamille.exchange.format.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LotInspectionTest {

    private static final LotLimits SMALL = new LotLimits(1 << 20, 8 << 20, 200, 1_000, 65_536);

    @TempDir
    private Path folder;

    @Test
    void takes_a_good_lot() throws IOException {
        LotInspection.Inspected lot = inspect(LotZip.regies().bytes());
        assertThat(lot.manifest().flow()).isEqualTo(Flow.REFERENCE);
        assertThat(lot.manifest().mode()).isEqualTo(Mode.FULL);
        assertThat(lot.manifest().files()).extracting(Manifest.ListedFile::name).containsExactly("regies.csv");
    }

    @Test
    void knows_the_same_content_when_it_is_packed_anew_and_other_content() throws IOException {
        byte[] hash = inspect(LotZip.regies().bytes()).sha256();
        assertThat(inspect(LotZip.regies().with("producer", "\"anew\"").bytes()).sha256())
                .isEqualTo(hash);
        assertThat(inspect(LotZip.regies().with("sequence", "2").bytes()).sha256())
                .isNotEqualTo(hash);
        assertThat(inspect(LotZip.of("reference")
                                .file("regies.csv", "regie_ref,name,issuer\nR1,Goûter,Ville\n")
                                .bytes())
                        .sha256())
                .isNotEqualTo(hash);
    }

    @Test
    void refuses_what_is_not_a_zip() {
        refused("NOT_A_ZIP", "regie_ref,name,issuer\n".getBytes(StandardCharsets.UTF_8));
        refused("NOT_A_ZIP", new byte[0]);
        byte[] whole = LotZip.regies().bytes();
        refused("NOT_A_ZIP", Arrays.copyOf(whole, whole.length - 10));
        refused("NOT_A_ZIP", Arrays.copyOf(whole, whole.length / 2));
        byte[] encrypted = whole.clone();
        for (int i = 0; i < encrypted.length - 10; i++) {
            if (encrypted[i] == 'P' && encrypted[i + 1] == 'K' && encrypted[i + 2] == 1 && encrypted[i + 3] == 2) {
                encrypted[i + 8] |= 1;
            }
        }
        refused("NOT_A_ZIP", encrypted);
        refused("NOT_A_ZIP", Arrays.copyOf(whole, whole.length + 3));
    }

    /** The manifest is the first of the files. */
    @Test
    void refuses_a_manifest_that_is_cut_off() {
        byte[] cut = LotZip.regies().bytes();
        int directory = 0;
        while (cut[directory] != 'P' || cut[directory + 1] != 'K' || cut[directory + 2] != 1) {
            directory++;
        }
        ByteBuffer bytes = ByteBuffer.wrap(cut).order(ByteOrder.LITTLE_ENDIAN);
        int compressedSize = directory + 20;
        bytes.putInt(compressedSize, bytes.getInt(compressedSize) / 2);
        refused("NOT_A_ZIP", cut);
    }

    @Test
    void refuses_a_second_zip_in_the_comment_of_the_first() throws IOException {
        byte[] hidden =
                LotZip.regies().unlisted("documents/facture.pdf", "%PDF-").bytes();
        byte[] lot = HostileZip.with(LotZip.regies().bytes()).comment(hidden, new byte[1]);
        assertThat(seen(lot)).as("what Java reads").contains("documents/facture.pdf");
        refused("NOT_A_ZIP", lot);
    }

    @Test
    void refuses_a_wide_end_that_says_less_than_the_short_one() throws IOException {
        byte[] lot = HostileZip.with(LotZip.regies().bytes()).contradictedByAWideEnd();
        assertThat(seen(lot)).as("what Java reads").contains("regies.csv");
        refused("NOT_A_ZIP", lot);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 65_535})
    void refuses_another_number_of_files_than_there_are(int claimed) {
        refused("NOT_A_ZIP", HostileZip.with(LotZip.regies().bytes()).claiming(claimed));
    }

    @Test
    void refuses_a_directory_that_would_fill_the_memory() {
        refused("TOO_LARGE", HostileZip.with(LotZip.regies().bytes()).claimingDirectoryOf((16 << 20) + 1));
    }

    @Test
    void refuses_a_comment_that_is_no_text() {
        refused("NOT_A_ZIP", HostileZip.with(LotZip.regies().bytes()).withAnUnreadableComment());
    }

    @Test
    void takes_a_lot_with_a_comment() throws IOException {
        byte[] lot = HostileZip.with(LotZip.regies().bytes()).comment("Enfance 5.2".getBytes(StandardCharsets.UTF_8));
        assertThat(inspect(lot).manifest().flow()).isEqualTo(Flow.REFERENCE);
    }

    @Test
    void takes_a_lot_with_a_wide_end() throws IOException {
        byte[] lot = HostileZip.with(LotZip.regies().bytes()).withAWideEnd();
        assertThat(inspect(lot).manifest().flow()).isEqualTo(Flow.REFERENCE);
    }

    private List<String> seen(byte[] zip) throws IOException {
        Path file = folder.resolve("seen.zip");
        Files.write(file, zip);
        try (ZipFile seen = new ZipFile(file.toFile())) {
            return seen.stream().map(ZipEntry::getName).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../regies.csv",
                "/etc/passwd",
                "documents/../../x.pdf",
                "documents/a/b.pdf",
                "documents\\x.pdf",
                "C:x.csv",
                ".hidden",
                "documents/.x",
                "sub/regies.csv",
                "a\u0000.csv"
            })
    void refuses_paths_that_lead_elsewhere(String name) {
        refused("BAD_PATH", LotZip.regies().unlisted(name, "x").bytes());
    }

    @Test
    void refuses_a_file_of_another_flow() {
        refused("BAD_PATH", LotZip.regies().file("families.csv", "family_ref\n").bytes());
    }

    @Test
    void refuses_files_that_are_missing_unlisted_or_there_twice() {
        refused("MISSING_FILE", LotZip.regies().listedOnly("pools.csv").bytes());
        refused("UNLISTED_FILE", LotZip.regies().unlisted("pools.csv", "x").bytes());
        refused("UNLISTED_FILE", LotZip.regies().unlisted("README.txt", "x").bytes());
        refused("DUPLICATE_FILE", LotZip.regies().unlisted("REGIES.csv", "x").bytes());
        refused(
                "DUPLICATE_FILE",
                twice(LotZip.regies().unlisted("regies.cs2", "x").bytes()));
    }

    @Test
    void refuses_a_wrong_hash() {
        refused("HASH_MISMATCH", LotZip.regies().wrongHash().bytes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "format|\"enfance-exchange/2\"|UNKNOWN_FORMAT",
                "flow|\"weather\"|UNKNOWN_FLOW",
                "mode|\"some\"|BAD_MANIFEST",
                "sequence|0|BAD_MANIFEST",
                "sequence|1.5|BAD_MANIFEST",
                "sequence|\"1\"|BAD_MANIFEST",
                "lotId|\"not-a-uuid\"|BAD_MANIFEST",
                "town|\"another-town\"|BAD_MANIFEST",
                "files|{}|BAD_MANIFEST",
                "files|[]|BAD_MANIFEST",
                "files|[1]|BAD_MANIFEST",
                "producedAt|\"hier\"|BAD_MANIFEST",
                "includesRequestsUpTo|\"n'importe quoi\"|BAD_MANIFEST",
            })
    void refuses_a_manifest_that_says_what_cannot_be(String name, String value, String code) {
        refused(code, LotZip.regies().with(name, value).bytes());
    }

    @Test
    void refuses_a_full_lot_of_days_that_end_before_they_begin() throws IOException {
        refused("BAD_MANIFEST", covering("full", "2026-12-02", "2026-12-01"));
        assertThat(inspect(covering("full", "2026-12-01", "2026-12-01"))
                        .manifest()
                        .to())
                .isEqualTo("2026-12-01");
        assertThat(inspect(covering("delta", "2026-12-02", "2026-12-01"))
                        .manifest()
                        .from())
                .as("a delta covers nothing but its rows")
                .isEqualTo("2026-12-02");
    }

    private static byte[] covering(String mode, String from, String to) {
        return LotZip.of("bookings")
                .with("mode", '"' + mode + '"')
                .with("from", '"' + from + '"')
                .with("to", '"' + to + '"')
                .file("bookings.csv", "individual_ref,schedule_ref,date,state\nI1,S1,2026-12-01,booked\n")
                .bytes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "\"lot\"", "{}"})
    void refuses_a_manifest_that_is_none(String text) {
        byte[] lot = LotZip.regies().withManifest(text).bytes();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> inspect(lot))
                .matches(refused -> refused.code().equals("BAD_MANIFEST"));
    }

    @Test
    void refuses_what_would_burst() {
        String bomb = "regie_ref,name,issuer\n" + "R1,Cantine,Ville\n".repeat(150_000);
        refused("RATIO", LotZip.of("reference").file("regies.csv", bomb).bytes());
        refused(
                "TOO_LARGE",
                LotZip.of("reference")
                        .file("regies.csv", "regie_ref,name,issuer\n" + "x\n".repeat(1_001))
                        .bytes());
        refused("TOO_LARGE", new byte[(1 << 20) + 1]);
        byte[] documents = LotZip.regies()
                .unlisted("documents/1.pdf", "x")
                .unlisted("documents/2.pdf", "x")
                .bytes();
        byte[] half = HostileZip.with(documents).saying("documents/1.pdf", 5 << 20, 1 << 20);
        refused("TOO_LARGE", HostileZip.with(half).saying("documents/2.pdf", 5 << 20, 1 << 20));
    }

    /** Two entries of one name, which ordinary tools do not write. */
    private static byte[] twice(byte[] zip) {
        String text = new String(zip, StandardCharsets.ISO_8859_1).replace("regies.cs2", "regies.csv");
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void refused(String code, byte[] zip) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> inspect(zip))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private LotInspection.Inspected inspect(byte[] zip) throws IOException {
        Path file = folder.resolve("lot.zip");
        Files.write(file, zip);
        return new LotInspection(file, SMALL).inspect("saint-exemple");
    }

    @Test
    void refuses_a_document_that_is_longer_than_the_zip_says() throws IOException {
        byte[] lot = LotZip.regies()
                .unlisted("documents/facture.pdf", "%PDF-" + "0".repeat(5_000_000))
                .bytes();
        refused("RATIO", HostileZip.with(lot).saying("documents/facture.pdf", 4_000));
    }
}
