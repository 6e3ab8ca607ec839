package fr.portailfamille.exchange.outgoing;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.TownVault;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.document.StoredDocuments;
import fr.portailfamille.exchange.outgoing.CursorRefusedException.Code;
import fr.portailfamille.request.LineSecrets;
import fr.portailfamille.request.Transmissions;
import fr.portailfamille.town.TownDirectory;
import fr.portailfamille.town.TownProfile;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a town's business application fetches: lots of requests, piece by piece, and its word that it took them. */
@Stateless
@RolesAllowed({"EXCHANGE", "SYSTEM"})
public class RequestExport {

    public static final int USUAL_LIMIT = 500;
    public static final int MOST = 5_000;

    private static final String READER = "MENU_ETAT_DES_TRAITEMENTS";

    /** Dispatches whose rows are in memory at a time. */
    private static final int PAGE = 200;

    private static final int ACKNOWLEDGED_AT_ONCE = 500;

    @Inject
    private DispatchQueue queue;

    @Inject
    private Transmissions transmissions;

    @Inject
    private Event<RequestsExported> exported;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private TownDirectory towns;

    @Inject
    private TownVaults vaults;

    @Inject
    private StoredDocuments documents;

    @Inject
    private Clock clock;

    /** A lot, or none where nothing waits; then the cursor is the one that was asked with. */
    public record Next(Optional<OutgoingLot> lot, Cursor cursor) {}

    /** Rows of a file, without a header; the next page begins behind a position. */
    public record CsvPage(byte[] text, int rows, long next) {}

    /** How many requests were acknowledged for the first time, and whether that was all. */
    public record Acknowledged(int requests, boolean complete) {}

    /**
     * The lot behind a cursor. Asked again with the same cursor and limit, it is the same one.
     *
     * @param after null = behind what was acknowledged last
     * @throws CursorRefusedException for a cursor that was not handed out to this town, or a limit out of bounds
     */
    public Next next(@Nullable String after, int limit) {
        if (limit < 1 || limit > MOST) {
            throw new CursorRefusedException(Code.BAD_LIMIT, "limit: 1 to " + MOST + ".");
        }
        Instant started = clock.instant().truncatedTo(ChronoUnit.MICROS);
        DispatchQueue.State state = queue.lock();
        long from = after == null ? state.acknowledged() : known(after).position();
        String code = profile().code();
        Optional<OutgoingLot> before = queue.find(code, from, limit);
        if (before.isPresent()) {
            return new Next(before, before.get().next());
        }
        if (queue.line(state) <= from) {
            return new Next(Optional.empty(), after == null ? queue.cursorAt(from) : known(after));
        }
        OutgoingLot lot = queue.cut(code, from, limit, started);
        exported.fire(new RequestsExported(started, lot.sequence(), lot.requests()));
        OutgoingPlaces.reached(OutgoingPlaces.BEFORE_COMMIT_OF_CUT);
        return new Next(Optional.of(lot), lot.next());
    }

    private Cursor known(String text) {
        Cursor cursor = Cursor.of(text)
                .orElseThrow(() -> new CursorRefusedException(
                        Code.BAD_CURSOR, "This is not a cursor: send one as Next-Cursor gave it."));
        if (!queue.handedOut(cursor)) {
            throw new CursorRefusedException(Code.UNKNOWN_CURSOR, "This cursor was never handed out to this town.");
        }
        return cursor;
    }

    /** Notes what the business application took, some at a time. */
    public Acknowledged acknowledgeSome(String text) {
        Cursor cursor = known(text);
        DispatchQueue.State state = queue.lock();
        if (cursor.position() < state.acknowledged()) {
            throw new CursorRefusedException(Code.OLDER_CURSOR, "A later cursor was acknowledged before.");
        }
        long upTo = Math.min(cursor.position(), state.acknowledged() + ACKNOWLEDGED_AT_ONCE);
        List<Long> requests = database.read(handle -> handle.createQuery("""
                        select request_id from dispatch
                         where town_id = :town and position > :after and position <= :upTo and operation = 'NEW'""")
                .bind("town", town.id())
                .bind("after", state.acknowledged())
                .bind("upTo", upTo)
                .mapTo(Long.class)
                .list());
        transmissions.transmitted(requests, clock.instant());
        queue.acknowledgeUpTo(upTo);
        boolean complete = upTo == cursor.position();
        if (complete) {
            queue.acknowledged(cursor);
        }
        OutgoingPlaces.reached(OutgoingPlaces.BEFORE_COMMIT_OF_ACKNOWLEDGEMENT);
        return new Acknowledged((int) (upTo - state.acknowledged()), complete);
    }

    /** Some rows of a file of the lot, from behind a position on. Agents read lots again that went out. */
    @RolesAllowed({"EXCHANGE", "SYSTEM", READER})
    public CsvPage page(OutgoingFile file, OutgoingLot lot, long after) {
        long upTo = Math.min(lot.upTo(), after + PAGE);
        ZoneId zone = profile().zone();
        TownVault vault = vaults.of(town.id());
        List<List<String>> rows = database.read(handle -> handle.createQuery(file.select())
                .bind("town", town.id())
                .bind("after", after)
                .bind("upTo", upTo)
                .map((row, context) -> cells(row, file, zone, vault))
                .list());
        return new CsvPage(csv(rows), rows.size(), upTo);
    }

    private static List<String> cells(ResultSet row, OutgoingFile file, ZoneId zone, TownVault vault)
            throws SQLException {
        List<String> cells = new ArrayList<>(file.columns().size());
        for (int i = 1; i <= file.columns().size(); i++) {
            String text = switch (row.getMetaData().getColumnType(i)) {
                case Types.TIMESTAMP ->
                    instant(row.getObject(i, OffsetDateTime.class).toInstant(), zone);
                case Types.BINARY ->
                    vault.decrypt(
                            LineSecrets.place(
                                    row.getMetaData().getColumnLabel(i), row.getLong("request_id"), row.getInt("line")),
                            row.getBytes(i));
                default -> row.getString(i);
            };
            cells.add(text == null ? "" : text);
        }
        return cells;
    }

    /** The documents of a page of dispatches; the next page begins behind a position. */
    public record DocumentsPage(List<Handed> documents, long next) {}

    /** A document as a lot names it. */
    public record Handed(String name, long document) {}

    @RolesAllowed({"EXCHANGE", "SYSTEM", READER})
    public DocumentsPage documents(OutgoingLot lot, long after) {
        long upTo = Math.min(lot.upTo(), after + PAGE);
        return new DocumentsPage(
                database.read(handle -> handle.createQuery("""
                                select 'documents/' || d.ref || '-' || u.line || '.' || u.extension as name, u.document_id
                                  from dispatch d
                                  join upload_line u on u.town_id = :town and u.request_id = d.request_id
                                 where d.town_id = :town and d.position > :after and d.position <= :upTo
                                   and d.operation = 'NEW'
                                 order by d.position, u.line""")
                        .bind("town", town.id())
                        .bind("after", after)
                        .bind("upTo", upTo)
                        .map((row, context) -> new Handed(row.getString("name"), row.getLong("document_id")))
                        .list()),
                upTo);
    }

    /** The n-th piece of a document that a family handed in, from 0; empty behind the last, and for any other document. */
    @RolesAllowed({"EXCHANGE", "SYSTEM", READER})
    public Optional<byte[]> piece(long document, int n) {
        boolean handedIn = database.read(handle -> handle.createQuery(
                        "select exists (select from upload_line where town_id = :town and document_id = :document)")
                .bind("town", town.id())
                .bind("document", document)
                .mapTo(boolean.class)
                .one());
        return handedIn ? documents.piece(document, n) : Optional.empty();
    }

    static String instant(Instant at, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                at.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
    }

    static byte[] csv(List<List<String>> rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8);
                CsvWriter csv =
                        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out)) {
            rows.forEach(csv::writeRecord);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private TownProfile profile() {
        return towns.byId(town.id()).orElseThrow();
    }
}
