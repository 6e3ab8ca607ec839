package fr.portailfamille.exchange.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The files of a lot that its rows may name, of which only PDFs are taken in. */
public final class Documents {

    private static final String FOLDER = "documents/";
    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    private Documents() {}

    public static Stream<? extends ZipEntry> of(ZipFile lot) {
        return lot.stream().filter(entry -> entry.getName().startsWith(FOLDER) && !entry.isDirectory());
    }

    /** Rows may name them with the folder or without. */
    public static String withoutFolder(String name) {
        return name.startsWith(FOLDER) ? name.substring(FOLDER.length()) : name;
    }

    /** By how it begins. */
    public static boolean isPdf(ZipFile lot, ZipEntry document) throws IOException {
        try (InputStream content = lot.getInputStream(document)) {
            return Arrays.equals(content.readNBytes(PDF.length), PDF);
        }
    }
}
