package fr.portailfamille.exchange;

import fr.portailfamille.exchange.format.RefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Checks everything about a lot that can be checked before it is taken, without unpacking it anywhere and in constant
 * memory: names, sizes, manifest, hashes. Throws {@link RefusedException} with the contract's code.
 */
public final class LotInspection {

    private static final int MANIFEST_LIMIT = 1 << 20;
    private static final int DIRECTORY_LIMIT = 16 << 20;
    /** So many are too many: each is a few hundred bytes of memory before anything is known of it. */
    private static final int ENTRY_LIMIT = 100_000;
    /** Small files of equal cells shrink well and harm nobody. */
    private static final long RATIO_FROM = 1L << 20;

    private static final String DOCUMENTS = "documents/";

    private final Path zip;
    private final LotLimits limits;

    public LotInspection(Path zip, LotLimits limits) {
        this.zip = zip;
        this.limits = limits;
    }

    /** A lot that may be stored. The hash is of its content and does not change when it is packed anew. */
    public record Inspected(Manifest manifest, String manifestJson, long zipped, long unzipped, byte[] sha256) {}

    /** For whichever town the lot is. */
    public Inspected inspect() throws IOException {
        return inspect(null);
    }

    /** @param town whose lot it must be; null leaves that to the manifest */
    Inspected inspect(@Nullable String town) throws IOException {
        long zipped = Files.size(zip);
        if (zipped > limits.zipped()) {
            throw refused("TOO_LARGE", null, "le lot dépasse " + (limits.zipped() >> 20) + " Mio");
        }
        ZipEnd end = checkedEnd();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            if (file.size() != end.entries()) {
                throw refused("NOT_A_ZIP", null, "il n'a pas autant de fichiers qu'il le dit");
            }
            Map<String, ZipEntry> entries = entries(file);
            long unzipped = sizes(entries, zipped);
            String json = manifestJson(file, entries);
            Manifest manifest = Manifest.of(json);
            if (town != null && !manifest.town().equals(town)) {
                throw refused("BAD_MANIFEST", Manifest.FILE, "town : le lot est celui d'une autre collectivité");
            }
            checkListed(manifest, entries);
            checkRows(manifest);
            MessageDigest content = sha256();
            content.update(identity(manifest).getBytes(StandardCharsets.UTF_8));
            for (Manifest.ListedFile listed : manifest.files()) {
                checkHash(file, Objects.requireNonNull(entries.get(listed.name())), listed);
            }
            for (Map.Entry<String, ZipEntry> entry : entries.entrySet()) {
                if (entry.getKey().startsWith(DOCUMENTS)) {
                    String hash = hash(file, entry.getValue(), shortened(entry.getKey()));
                    content.update((entry.getKey() + ":" + hash + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
            return new Inspected(manifest, json, zipped, unzipped, content.digest());
        } catch (ZipException | EOFException e) {
            throw refused("NOT_A_ZIP", null, "le ZIP est abîmé ou chiffré");
        }
    }

    /** Before anything reads the directory into memory. */
    private ZipEnd checkedEnd() throws IOException {
        ZipEnd end = ZipEnd.of(zip);
        if (end.entries() >= ENTRY_LIMIT || end.directory() > DIRECTORY_LIMIT) {
            throw refused("TOO_LARGE", null, "trop de fichiers dans le lot");
        }
        return end;
    }

    private static Map<String, ZipEntry> entries(ZipFile file) {
        Map<String, ZipEntry> entries = new TreeMap<>();
        Map<String, String> folded = new HashMap<>();
        for (Enumeration<? extends ZipEntry> all = file.entries(); all.hasMoreElements(); ) {
            ZipEntry entry = next(all);
            String name = entry.getName();
            checkName(name);
            if (entry.isDirectory()) {
                continue;
            }
            if (entries.put(name, entry) != null || folded.put(name.toLowerCase(java.util.Locale.ROOT), name) != null) {
                throw refused("DUPLICATE_FILE", shortened(name), null);
            }
        }
        return entries;
    }

    private static ZipEntry next(Enumeration<? extends ZipEntry> entries) {
        try {
            return entries.nextElement();
        } catch (IllegalArgumentException e) {
            // Names were checked when the ZIP was opened, comments of entries are not before they are read.
            throw refused("NOT_A_ZIP", null, "un commentaire n'est pas en UTF-8");
        }
    }

    /** No folder but documents, nothing that leads out of it, nothing that a file system would read otherwise. */
    private static void checkName(String name) {
        String rest = name.startsWith(DOCUMENTS) ? name.substring(DOCUMENTS.length()) : name;
        boolean bad = name.length() > 200
                || rest.isEmpty() && !name.equals(DOCUMENTS)
                || rest.startsWith(".")
                || rest.contains("..")
                || rest.chars().anyMatch(c -> c == '/' || c == '\\' || c == ':' || c < ' ' || c == 0x7F);
        if (bad) {
            throw refused("BAD_PATH", shortened(name), null);
        }
    }

    private long sizes(Map<String, ZipEntry> entries, long zipped) {
        long unzipped = 0;
        for (ZipEntry entry : entries.values()) {
            if (entry.getSize() < 0) {
                throw refused("NOT_A_ZIP", shortened(entry.getName()), "taille inconnue");
            }
            unzipped += entry.getSize();
            if (entry.getSize() > RATIO_FROM
                    && entry.getSize() / Math.max(1, entry.getCompressedSize()) > limits.ratio()) {
                throw refused(
                        "RATIO", shortened(entry.getName()), "plus de " + limits.ratio() + " fois sa taille comprimée");
            }
        }
        if (unzipped > limits.unzipped()) {
            throw refused("TOO_LARGE", null, "le contenu dépasse " + (limits.unzipped() >> 20) + " Mio");
        }
        if (unzipped > RATIO_FROM && unzipped / Math.max(1, zipped) > limits.ratio()) {
            throw refused("RATIO", null, "plus de " + limits.ratio() + " fois la taille comprimée");
        }
        return unzipped;
    }

    private static String manifestJson(ZipFile file, Map<String, ZipEntry> entries) throws IOException {
        ZipEntry entry = entries.get(Manifest.FILE);
        if (entry == null) {
            throw refused("BAD_MANIFEST", Manifest.FILE, "il n'y en a pas");
        }
        try (InputStream in = file.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MANIFEST_LIMIT + 1);
            if (bytes.length > MANIFEST_LIMIT) {
                throw refused("BAD_MANIFEST", Manifest.FILE, "il est démesuré");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw refused("BAD_MANIFEST", Manifest.FILE, "il n'est pas en UTF-8");
        }
    }

    private static void checkListed(Manifest manifest, Map<String, ZipEntry> entries) {
        for (Manifest.ListedFile listed : manifest.files()) {
            if (!entries.containsKey(listed.name())) {
                throw refused("MISSING_FILE", listed.name(), null);
            }
        }
        for (String name : entries.keySet()) {
            boolean known = name.equals(Manifest.FILE)
                    || name.startsWith(DOCUMENTS)
                    || manifest.files().stream()
                            .anyMatch(listed -> listed.name().equals(name));
            if (!known) {
                throw refused("UNLISTED_FILE", shortened(name), null);
            }
        }
    }

    private void checkRows(Manifest manifest) {
        if (manifest.files().stream().mapToLong(Manifest.ListedFile::rows).sum() > limits.rows()) {
            throw refused("TOO_LARGE", null, "plus de " + limits.rows() + " lignes");
        }
    }

    private static void checkHash(ZipFile file, ZipEntry entry, Manifest.ListedFile listed) throws IOException {
        if (!hash(file, entry, listed.name()).equals(listed.sha256())) {
            throw refused("HASH_MISMATCH", listed.name(), null);
        }
    }

    /** Of the unpacked content, which must not be longer than the ZIP says: sizes were judged by that. */
    private static String hash(ZipFile file, ZipEntry entry, String name) throws IOException {
        MessageDigest digest = sha256();
        long size = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = file.getInputStream(entry)) {
            for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
                digest.update(buffer, 0, got);
                size += got;
                if (size > entry.getSize()) {
                    throw refused("RATIO", name, "plus long que le ZIP ne le dit");
                }
            }
        } catch (ZipException | EOFException e) {
            throw refused("NOT_A_ZIP", name, "le ZIP est abîmé");
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String identity(Manifest manifest) {
        StringBuilder text = new StringBuilder();
        text.append(manifest.flow())
                .append(' ')
                .append(manifest.mode())
                .append(' ')
                .append(manifest.sequence());
        text.append(' ')
                .append(manifest.from())
                .append(' ')
                .append(manifest.to())
                .append(' ');
        text.append(manifest.includesRequestsUpTo())
                .append(' ')
                .append(manifest.universe())
                .append('\n');
        manifest.files().stream()
                .map(file -> file.name() + ":" + file.rows() + ":" + file.sha256() + "\n")
                .sorted()
                .forEach(text::append);
        return text.toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shortened(String name) {
        String printable = name.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 100 ? printable : printable.substring(0, 100);
    }

    private static RefusedException refused(String code, @Nullable String file, @Nullable String detail) {
        return new RefusedException(code, file, null, null, detail);
    }
}
