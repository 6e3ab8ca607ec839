package fr.portailfamille.exchange.format;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one file as they come, with the header understood: separator found from it, unknown columns told, required
 * ones demanded. Holds one row in memory, and of fields that are too long as much as shows it.
 */
public final class CsvFile implements Closeable {

    /** Told beside rejected rows when they are given out to be corrected; ignored when they come back with it. */
    public static final String REASON = "rejection_reason";

    private static final int HEADER_LIMIT = 1 << 15;

    /** For a field of any allowed length, with each of its quotes doubled, or with more line breaks than there are rows. */
    private static final int BUFFER = 1 << 22;

    private final FileFormat format;
    private final CloseableIterator<CsvRecord> records;
    private final List<Column> columns = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> header;
    private final int width;
    private final int longest;
    private final FieldLimit limit;
    private long rows;

    /** @param longest characters of a field; a row with a longer one is to be rejected */
    public CsvFile(FileFormat format, InputStream in, int longest) throws IOException {
        this.format = format;
        this.longest = longest;
        BufferedReader reader = new BufferedReader(new StrictUtf8(in, format.name()), HEADER_LIMIT);
        char separator = separator(reader);
        limit = new FieldLimit(reader, separator, longest);
        records = CsvReader.builder()
                .fieldSeparator(separator)
                .maxBufferSize(BUFFER)
                .skipEmptyLines(true)
                .allowUnclosedQuote(false)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord((Reader) limit)
                .iterator();
        CsvRecord first = next();
        if (first == null) {
            throw new RefusedException(
                    "MISSING_COLUMN", format.name(), 1L, format.key().get(0).name(), null);
        }
        header = List.copyOf(first.getFields());
        width = header.size();
        understand();
        rows = 0;
    }

    private static char separator(BufferedReader reader) throws IOException {
        reader.mark(HEADER_LIMIT);
        int commas = 0;
        int semicolons = 0;
        for (int i = 0; i < HEADER_LIMIT - 1; i++) {
            int c = reader.read();
            if (c < 0 || c == '\n') {
                break;
            }
            if (c == ',') {
                commas++;
            } else if (c == ';') {
                semicolons++;
            }
        }
        reader.reset();
        return semicolons > commas ? ';' : ',';
    }

    private void understand() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < width; i++) {
            String name = normal(header.get(i));
            Optional<Column> column = format.column(name);
            if (name.equals(REASON)) {
                continue;
            }
            if (column.isEmpty()) {
                unknown.add(name);
            } else if (seen.add(name)) {
                columns.add(column.get());
                positions.add(i);
            } else {
                throw new RefusedException("BAD_CSV", format.name(), 1L, name, "colonne en double");
            }
        }
        for (Column column : format.columns()) {
            if (column.required() && !seen.contains(column.name())) {
                throw new RefusedException("MISSING_COLUMN", format.name(), 1L, column.name(), null);
            }
        }
    }

    /** Those of the format that the header has, in the header's order. */
    public List<Column> columns() {
        return List.copyOf(columns);
    }

    /** The header's cells as they came. */
    public List<String> header() {
        return header;
    }

    /** Where in a record each of {@link #columns()} stands. */
    public int[] positions() {
        return positions.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Columns that the format does not know; each is worth one warning. */
    public List<String> unknownColumns() {
        return List.copyOf(unknown);
    }

    /** Fields of the header: each row must have as many. */
    public int width() {
        return width;
    }

    /** Characters that a field may have. */
    public int longest() {
        return longest;
    }

    /** Data rows read so far. */
    public long rows() {
        return rows;
    }

    /** The next row, or null at the end. */
    public @Nullable CsvRecord next() {
        try {
            if (!records.hasNext()) {
                return null;
            }
            rows++;
            return records.next();
        } catch (CsvParseException e) {
            if (e.getCause() instanceof RefusedException refused) {
                throw refused;
            }
            throw new RefusedException(
                    "BAD_CSV", format.name(), null, null, "guillemet jamais refermé, ou cellule démesurée");
        } catch (UncheckedIOException e) {
            throw new RefusedException("BAD_CSV", format.name(), null, null, "le ZIP est abîmé");
        }
    }

    /**
     * As {@link #next()}, of a file of which the manifest announces so many rows. Nothing is read beyond them: what is
     * allowed is judged by what is announced.
     *
     * @throws RefusedException where there are fewer, or one more
     */
    public @Nullable CsvRecord nextOf(long announced) {
        CsvRecord row = next();
        if (row == null ? rows != announced : rows > announced) {
            String found = row == null ? Long.toString(rows) : "plus de " + announced;
            throw new RefusedException(
                    "ROW_COUNT_MISMATCH",
                    format.name(),
                    null,
                    null,
                    String.format(Locale.ROOT, "%s dans le fichier, %d dans le manifeste", found, announced));
        }
        return row;
    }

    /**
     * Reads a cell, unless its field is too long.
     *
     * @return its text
     */
    public String take(CsvRecord row, Column column, int position, Cell cell) {
        String text = normal(row.getField(position));
        if (limit.exceeded() && row.getField(position).length() > longest) {
            cell.reject(FaultCode.TOO_LONG, Integer.toString(longest));
        } else {
            column.take(text, cell);
        }
        return text;
    }

    /** Columns that are none of {@link #columns()} and whose field in this row is too long. */
    public List<String> tooLongBeside(CsvRecord row) {
        if (!limit.exceeded()) {
            return List.of();
        }
        return IntStream.range(0, Math.min(width, row.getFieldCount()))
                .filter(i -> !positions.contains(i) && row.getField(i).length() > longest)
                .mapToObj(header::get)
                .toList();
    }

    /** Trimmed and in NFC. */
    public static String normal(String text) {
        String trimmed = text.strip();
        for (int i = 0; i < trimmed.length(); i++) {
            if (trimmed.charAt(i) > 0x2FF) {
                return Normalizer.normalize(trimmed, Normalizer.Form.NFC);
            }
        }
        return trimmed;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }
}
