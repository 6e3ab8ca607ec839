package fr.portailfamille.exchange;

import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import fr.portailfamille.exchange.format.CsvFile;
import fr.portailfamille.exchange.format.FileFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;

/**
 * The rejected rows of one file of a lot as they came, each with why it was rejected in a last column that the portal
 * ignores when the rows come back; fields that are too long are cut. Not those of erased people: nobody is to correct
 * them, nor to read them. Reads the stored lot and the table of rejected rows side by side; memory does not grow with
 * either.
 */
final class RejectedOriginals {

    private record Rejected(long line, String reason) {}

    private final FileFormat format;
    private final int town;
    private final long run;

    RejectedOriginals(FileFormat format, int town, long run) {
        this.format = format;
        this.town = town;
        this.run = run;
    }

    void write(Handle handle, ZipFile lot, Writer out) throws IOException {
        ZipEntry entry = lot.getEntry(format.name());
        if (entry == null) {
            throw new IllegalArgumentException(format.name() + " is not in the lot");
        }
        CsvWriter csv = CsvWriter.builder().fieldSeparator(';').build(out);
        try (InputStream in = new BufferedInputStream(lot.getInputStream(entry), 1 << 16);
                CsvFile file =
                        new CsvFile(format, in, LotLimits.fromEnvironment().field());
                ResultIterator<Rejected> rejects = rejects(handle)) {
            csv.writeRecord(cells(file.header(), file.header(), CsvFile.REASON));
            Faults faults = new Faults(rejects);
            for (CsvRecord row = file.next(); row != null && faults.more(); row = file.next()) {
                String reason = faults.at(row.getStartingLineNumber());
                if (!reason.isEmpty()) {
                    csv.writeRecord(cells(file.header(), row.getFields(), reason));
                }
            }
        }
        csv.flush();
    }

    /** Cells that are missing are left empty; those that are too many stand behind the reason, for all to see. */
    private static List<String> cells(List<String> header, List<String> row, String reason) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < Math.max(header.size(), row.size()); i++) {
            if (i == header.size()) {
                cells.add(reason);
            }
            cells.add(i < row.size() ? Spreadsheet.armed(row.get(i)) : "");
        }
        if (row.size() <= header.size()) {
            cells.add(reason);
        }
        return cells;
    }

    private ResultIterator<Rejected> rejects(Handle handle) {
        return handle.createQuery("""
                        select line, column_name, code, detail from rejected_row
                         where town_id = :town and run_id = :run and file = :file and severity = 'REJECT' and line is not null
                           and code <> 'ERASED'
                         order by line, n
                        """)
                .setFetchSize(1_000)
                .bind("town", town)
                .bind("run", run)
                .bind("file", format.name())
                .map((row, context) -> new Rejected(
                        row.getLong("line"),
                        RejectReasons.sentence(
                                row.getString("code"), row.getString("column_name"), row.getString("detail"))))
                .iterator();
    }

    /** The rejects, in the order of lines, for a reader that goes through the file in that order. */
    private static final class Faults {

        private final Iterator<Rejected> rejects;
        private Rejected next;

        Faults(Iterator<Rejected> rejects) {
            this.rejects = rejects;
            this.next = following();
        }

        private Rejected following() {
            return rejects.hasNext() ? rejects.next() : new Rejected(Long.MAX_VALUE, "");
        }

        boolean more() {
            return next.line() < Long.MAX_VALUE;
        }

        /** All reasons of that line; empty where it was taken. */
        String at(long line) {
            List<String> reasons = new ArrayList<>();
            while (next.line() <= line) {
                if (next.line() == line && !reasons.contains(next.reason())) {
                    reasons.add(next.reason());
                }
                next = following();
            }
            return String.join(" ", reasons);
        }
    }
}
