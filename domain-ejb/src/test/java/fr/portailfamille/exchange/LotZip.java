package fr.portailfamille.exchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A lot for tests, good unless it is told to be bad. */
public final class LotZip {

    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private final Map<String, byte[]> unlisted = new LinkedHashMap<>();
    private final Map<String, String> manifest = new LinkedHashMap<>();
    private final Map<String, Long> rows = new LinkedHashMap<>();
    private boolean wrongHash;
    private String json;

    public static LotZip of(String flow) {
        LotZip lot = new LotZip();
        lot.manifest.put("format", "\"enfance-exchange/1\"");
        lot.manifest.put("lotId", "\"6f0c1c1e-0000-4000-8000-000000000001\"");
        lot.manifest.put("town", "\"saint-exemple\"");
        lot.manifest.put("flow", '"' + flow + '"');
        lot.manifest.put("mode", "\"full\"");
        lot.manifest.put("sequence", "1");
        lot.manifest.put("universe", "\"Enfance\"");
        return lot;
    }

    public static LotZip regies() {
        return of("reference").file("regies.csv", "regie_ref,name,issuer\nR1,Cantine,Ville\n");
    }

    public LotZip file(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        rows.put(name, Math.max(0, text.lines().count() - 1));
        return this;
    }

    LotZip unlisted(String name, String text) {
        unlisted.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public LotZip document(String name, String text) {
        return unlisted("documents/" + name, text);
    }

    /** Whatever the file has. */
    public LotZip announcing(String name, long count) {
        rows.put(name, count);
        return this;
    }

    LotZip listedOnly(String name) {
        rows.put(name, 1L);
        return this;
    }

    /** A value of the manifest, as JSON. */
    LotZip with(String name, String value) {
        manifest.put(name, value);
        return this;
    }

    LotZip withManifest(String text) {
        json = text;
        return this;
    }

    public LotZip wrongHash() {
        wrongHash = true;
        return this;
    }

    public byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            put(zip, "manifest.json", (json == null ? manifest() : json).getBytes(StandardCharsets.UTF_8));
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                put(zip, file.getKey(), file.getValue());
            }
            for (Map.Entry<String, byte[]> file : unlisted.entrySet()) {
                put(zip, file.getKey(), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private String manifest() {
        String listed = rows.entrySet().stream()
                .map(each -> "{\"name\":\"%s\",\"rows\":%d,\"sha256\":\"%s\"}"
                        .formatted(
                                each.getKey(), each.getValue(), hash(files.getOrDefault(each.getKey(), new byte[0]))))
                .collect(Collectors.joining(",", "[", "]"));
        Map<String, String> all = new LinkedHashMap<>(manifest);
        all.putIfAbsent("files", listed);
        return all.entrySet().stream()
                .map(each -> '"' + each.getKey() + "\":" + each.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            digest[0] ^= (byte) (wrongHash ? 1 : 0);
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }
}
