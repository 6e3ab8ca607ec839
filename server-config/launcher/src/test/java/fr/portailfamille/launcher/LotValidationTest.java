package fr.portailfamille.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.exchange.format.Flow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command as vendors run it: in a process of its own, whose heap is far smaller than what hostile lots unfold to. */
@Timeout(300)
class LotValidationTest {

    private static final String HEAP = "-Xmx64m";
    private static final String REGIES = "regie_ref,name,issuer\nR1,Cantine,Ville\n";

    @TempDir
    private Path folder;

    private record Run(int exit, String output) {}

    @Test
    void takes_the_sample_lots_of_the_documentation() throws Exception {
        Path samples = Project.root().resolve("docs/lots");
        try (Stream<Path> lots = Files.list(samples)) {
            assertThat(lots.filter(lot -> lot.toString().endsWith(".zip"))).hasSize(Flow.values().length);
        }

        Run run = validate(samples);

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.output().lines().filter(line -> line.startsWith("✓")))
                .extracting(line -> line.replaceAll(".*\\((\\w+),.*", "$1"))
                .as("one of each flow, in the order in which they are sent")
                .isEqualTo(Arrays.stream(Flow.values()).map(Flow::word).toList());
        assertThat(run.output()).doesNotContain("warnings", "rejected");
    }

    @Test
    void says_what_is_wrong_where_and_why_and_ends_with_one() throws Exception {
        Path lot = lot(manifest("individuals", "families.csv", 2, FAMILIES), zip -> put(zip, "families.csv", FAMILIES));

        Run run = validate(lot);

        assertThat(run.exit()).isOne();
        assertThat(run.output())
                .contains(
                        "families.csv:3:iban: BAD_IBAN: L'IBAN n'est pas valide",
                        "« FR7630006000011234567890188 »",
                        "families.csv                      2 rows · 1 rejected",
                        "✗ would be applied without the rejected rows (individuals, full, sequence 1): BAD_IBAN 1");
    }

    private static final String FAMILIES = "family_ref,account_code,name,iban\n"
            + "F1,BL-1,ROUSSEL,FR7630006000011234567890189\nF2,BL-2,ROUX,FR7630006000011234567890188\n";

    @Test
    void refuses_paths_that_lead_elsewhere() throws Exception {
        for (String path : new String[] {"../regies.csv", "/etc/passwd", "documents/a/b.pdf", "C:x.csv", "a/b/c.csv"}) {
            refused("BAD_PATH", lot(regies(), zip -> {
                put(zip, "regies.csv", REGIES);
                put(zip, path, "x");
            }));
        }
    }

    @Test
    void refuses_names_that_stand_there_twice() throws Exception {
        byte[] zip = Files.readAllBytes(lot(regies(), each -> {
            put(each, "regies.csv", REGIES);
            put(each, "regies.cs2", REGIES);
        }));
        String text = new String(zip, StandardCharsets.ISO_8859_1).replace("regies.cs2", "regies.csv");
        refused("DUPLICATE_FILE", file(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void refuses_a_bomb_without_unfolding_it() throws Exception {
        refused("RATIO", lot(regies(), zip -> zeros(zip, "regies.csv", 300)));
    }

    @Test
    void refuses_a_hundred_thousand_entries() throws Exception {
        refused("UNLISTED_FILE", ofEntries(99_999));
        refused("TOO_LARGE", ofEntries(100_000));
    }

    /** With the manifest. */
    private Path ofEntries(int count) throws Exception {
        return lot(regies(), zip -> {
            put(zip, "regies.csv", REGIES);
            for (int i = 2; i < count; i++) {
                put(zip, "f" + i, "");
            }
        });
    }

    @Test
    void refuses_what_is_encrypted_cut_off_or_followed_by_something_else() throws Exception {
        byte[] whole = Files.readAllBytes(lot(regies(), zip -> put(zip, "regies.csv", REGIES)));
        byte[] encrypted = whole.clone();
        for (int i = 0; i < encrypted.length - 10; i++) {
            if (encrypted[i] == 'P' && encrypted[i + 1] == 'K' && encrypted[i + 2] == 1 && encrypted[i + 3] == 2) {
                encrypted[i + 8] |= 1;
            }
        }
        refused("NOT_A_ZIP", file(encrypted));
        refused("NOT_A_ZIP", file(Arrays.copyOf(whole, whole.length - 5)));
        refused("NOT_A_ZIP", file(Arrays.copyOf(whole, whole.length + 5)));
        refused("NOT_A_ZIP", file("Bonjour".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void reads_hundreds_of_thousands_of_rows_in_little_memory() throws Exception {
        int rows = 400_000;
        StringBuilder csv = new StringBuilder("individual_ref,last_name,first_name,birth_date\n");
        for (int i = 0; i < rows; i++) {
            csv.append('I').append(i).append(",ROUSSEL-").append(Integer.toString(i * 7919, 36));
            csv.append(",Éloïse,20")
                    .append(10 + i % 10)
                    .append("-0")
                    .append(1 + i % 9)
                    .append("-11\n");
        }
        csv.append("I7,ROUSSEL,Adam,2019-02-11\n");
        String text = csv.toString();
        Path lot = lot(
                manifest("individuals", "individuals.csv", rows + 1, text), zip -> put(zip, "individuals.csv", text));

        Run run = validate(lot);

        assertThat(run.exit()).as(run.output()).isOne();
        assertThat(run.output())
                .contains("individuals.csv:9:individual_ref: DUPLICATE_KEY", "400,001 rows · 2 rejected");
    }

    private void refused(String code, Path lot) throws Exception {
        Run run = validate(lot);
        assertThat(run.exit()).as(run.output()).isOne();
        assertThat(run.output()).contains(code + ": ", "✗ would be refused");
    }

    private static Run validate(Path lot) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-Dportail.home=" + Project.root(),
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Portail.class.getName(),
                "validate",
                lot.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (InputStream in = process.getInputStream()) {
            in.transferTo(output);
        }
        return new Run(process.waitFor(), output.toString(StandardCharsets.UTF_8));
    }

    private Path file(byte[] content) throws IOException {
        Path file = Files.createTempFile(folder, "lot", ".zip");
        Files.write(file, content);
        return file;
    }

    private Path lot(String manifest, Consumer<ZipOutputStream> files) throws IOException {
        Path file = Files.createTempFile(folder, "lot", ".zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            put(zip, "manifest.json", manifest);
            files.accept(zip);
        }
        return file;
    }

    private static void put(ZipOutputStream zip, String name, String content) {
        try {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void zeros(ZipOutputStream zip, String name, int mebibytes) {
        byte[] block = new byte[1 << 20];
        try {
            zip.putNextEntry(new ZipEntry(name));
            for (int i = 0; i < mebibytes; i++) {
                zip.write(block);
            }
            zip.closeEntry();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String regies() {
        return manifest("reference", "regies.csv", 1, REGIES);
    }

    private static String manifest(String flow, String file, int rows, String content) {
        try {
            String hash = HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                            .digest(content.getBytes(StandardCharsets.UTF_8)));
            return """
                    {"format": "enfance-exchange/1", "lotId": "6f0c1c1e-0000-4000-8000-000000000001", "town": "saint-exemple",
                     "flow": "%s", "mode": "full", "sequence": 1, "universe": "Enfance", "producer": "tests",
                     "files": [{"name": "%s", "rows": %d, "sha256": "%s"}]}""".formatted(flow, file, rows, hash);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
