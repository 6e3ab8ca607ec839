package fr.portailfamille.launcher.lot;

import fr.portailfamille.launcher.demonstration.DemonstrationLots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What a business application might send over some weeks: a whole town, then full lots and deltas that change, add back,
 * archive and leave out some rows, partly with faults. Drawn from a seed: the same seed gives two towns the same content.
 */
public final class LotSeries {

    /** A lot, written; those of a flow bear sequences from 1. */
    public record Lot(String flow, boolean full, long sequence, UUID lotId, Path path, int rows) {
        @Override
        public String toString() {
            return flow + "/" + sequence + (full ? " full" : " delta");
        }
    }

    /**
     * What a town is fed with every flow.
     *
     * @param lots in the order in which the business application made them
     * @param tried bills that are sent as a dry run only and use no sequence; one of their documents is in no other lot
     * @param held bookings after {@code lots} that lack every second row, which the guard holds
     * @param last lots after that
     */
    public record Course(List<Lot> lots, Lot tried, Lot held, List<Lot> last) {}

    /** A cell that may change from lot to lot; without choices it bears any text. */
    private record Changing(String flow, String file, String column, List<String> choices) {
        private static Changing of(String flow, String file, String column, String... choices) {
            return new Changing(flow, file + ".csv", column, List.of(choices));
        }
    }

    private static final List<Changing> CHANGES = List.of(
            Changing.of("reference", "schedules", "capacity", "", "3", "40"),
            Changing.of("reference", "pools", "capacity", "2", "30"),
            Changing.of("reference", "closures", "reason"),
            Changing.of("reference", "activities", "description"),
            Changing.of("reference", "code_lists", "label"),
            Changing.of("individuals", "families", "street"),
            Changing.of("individuals", "families", "email", "un@courriel.example", "deux@courriel.example", ""),
            Changing.of("individuals", "families", "quotient", "420", "1310.50", ""),
            Changing.of("individuals", "individuals", "mobile", "06 39 98 00 01", "06 39 98 00 02", ""),
            Changing.of("individuals", "individuals", "insurer"),
            Changing.of("individuals", "individuals", "glasses", "0", "1", ""),
            Changing.of("individuals", "memberships", "payer", "0", "1"),
            Changing.of("individuals", "pickup_contacts", "name"),
            Changing.of("individuals", "allergies", "note"),
            Changing.of("individuals", "documents", "status", "missing", "received", "valid", "refused"),
            Changing.of("registrations", "registrations", "weekdays", "", "1245", "14"),
            Changing.of("bookings", "bookings", "state", "booked", "absent", "none"),
            Changing.of("bookings", "bookings", "state", "booked", "absent", "none"),
            Changing.of("decisions", "decisions", "decision", "accepted", "refused", "waitlisted"),
            Changing.of("decisions", "decisions", "reason"),
            Changing.of("decisions", "messages", "text"),
            Changing.of("billing", "invoices", "remaining", "0.00", "7.25"),
            Changing.of("billing", "invoices", "status", "issued", "cancelled"),
            Changing.of("billing", "invoices", "document", Bills.SHARED_DOCUMENTS.toArray(String[]::new)),
            Changing.of("billing", "invoice_lines", "label"),
            Changing.of("billing", "payments", "description"),
            Changing.of("billing", "allocations", "amount", "30.00", "12.50"),
            Changing.of("billing", "adjustments", "description"));

    private static final List<Changing> FAULTS = List.of(
            Changing.of("reference", "schedules", "start_time", "25:00"),
            Changing.of("reference", "closures", "closure_ref", "réf interdite"),
            Changing.of("individuals", "individuals", "birth_date", "31/12/2019"),
            Changing.of("individuals", "families", "iban", "FR7600000000000000000000000"),
            Changing.of("individuals", "memberships", "family_ref", "inconnue"),
            Changing.of("individuals", "pickup_contacts", "emergency", "peut-être"),
            Changing.of("registrations", "registrations", "end", "2026-13-01"),
            Changing.of("bookings", "bookings", "schedule_ref", "INCONNU"),
            Changing.of("bookings", "bookings", "date", "demain"),
            Changing.of("decisions", "decisions", "request_ref", "2026-0000000000"),
            Changing.of("decisions", "messages", "sent_at", "hier"),
            Changing.of("billing", "invoices", "amount", "douze"),
            Changing.of("billing", "invoice_lines", "activity_ref", "INCONNUE"),
            Changing.of("billing", "payments", "paid_on", "2026-02-30"),
            Changing.of("billing", "allocations", "payment_ref", "INCONNU"));

    /** Of these a full lot may lack a few rows, fewer than the guard looks at. */
    private static final List<String> LEAVES = List.of(
            "closures.csv",
            "pickup_contacts.csv",
            "allergies.csv",
            "vaccinations.csv",
            "bookings.csv",
            "adjustments.csv");

    private static final int FEW = 4;

    /** A fault in a row that more rows stand on would be the guard's business. */
    private static final int MOST_MENTIONS = 5;

    private final LotFolder written;
    private final Random random;
    private final Map<String, Map<String, LotTable>> flows = new LinkedHashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();

    private LotSeries(String town, LocalDate day, long seed, Path folder) {
        this.written = new LotFolder(town, day, seed, folder);
        this.random = new Random(seed);
    }

    /**
     * Writes the lots of the whole town as of that day, and further ones; without decisions and billing.
     *
     * @return in the order in which the business application made them
     */
    public static List<Lot> draw(String town, LocalDate day, long seed, int further, Path folder) throws IOException {
        LotSeries series = new LotSeries(town, day, seed, folder);
        List<Lot> lots = series.wholeTown();
        series.add(further, lots);
        return lots;
    }

    /**
     * The same with every flow: what the town bills before the first decisions, which answer {@link AskedRequest#ALL}. These
     * have to be there when the first lot of decisions is sent.
     *
     * @param last how many lots after the one that the guard holds
     */
    public static Course drawEveryFlow(String town, LocalDate day, long seed, int further, int last, Path folder)
            throws IOException {
        LotSeries series = new LotSeries(town, day, seed, folder);
        List<Lot> lots = series.everyFlow();
        series.add(further, lots);
        Lot tried = series.tried();
        Lot held = series.held();
        List<Lot> after = new ArrayList<>();
        series.add(last, after);
        return new Course(lots, tried, held, after);
    }

    /**
     * The same lots of every flow, with some in between that the guard holds: bookings that lack every second row.
     *
     * @param further lots after those of the whole town, without those
     * @param held how many of those
     */
    public static List<Lot> drawWithHeld(String town, LocalDate day, long seed, int further, int held, Path folder)
            throws IOException {
        LotSeries series = new LotSeries(town, day, seed, folder);
        List<Lot> lots = series.everyFlow();
        for (int i = 0; i < held; i++) {
            series.add(further / (held + 1), lots);
            lots.add(series.held());
        }
        series.add(further - held * (further / (held + 1)), lots);
        return lots;
    }

    private List<Lot> everyFlow() throws IOException {
        List<Lot> lots = wholeTown();
        List<String> families = flows.get("individuals").get("families.csv").values("family_ref");
        flows.put("billing", Bills.of(families, written.day()));
        lots.add(write("billing", true, flows.get("billing")));
        flows.put("decisions", AskedRequest.answers());
        lots.add(write("decisions", false, flows.get("decisions")));
        return lots;
    }

    private List<Lot> wholeTown() throws IOException {
        List<Lot> lots = new ArrayList<>();
        for (DemonstrationLots.BuiltLot built :
                DemonstrationLots.build(written.town(), written.day(), written.folder())) {
            Map<String, LotTable> tables = read(built.path());
            lots.add(new Lot(built.flow(), true, 1, built.lotId(), built.path(), built.rows()));
            flows.put(built.flow(), tables);
            sequences.put(built.flow(), 1L);
        }
        return lots;
    }

    private void add(int further, List<Lot> lots) throws IOException {
        for (int i = 0; i < further; i++) {
            lots.add(next());
        }
    }

    private static Map<String, LotTable> read(Path lot) throws IOException {
        Map<String, LotTable> tables = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(lot.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().endsWith(".csv")) {
                    String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                    tables.put(entry.getName(), LotTable.read(text));
                }
            }
        }
        return tables;
    }

    private Lot next() throws IOException {
        String flow = oneOf(CHANGES.stream()
                        .filter(change -> flows.containsKey(change.flow()))
                        .toList())
                .flow();
        boolean full = random.nextInt(3) == 0;
        Map<String, LotTable> lot = full ? whole(flow) : changed(flow);
        if (random.nextInt(3) == 0) {
            spoil(flow, lot);
        }
        return write(flow, full, lot);
    }

    private Lot tried() throws IOException {
        Map<String, LotTable> lot = whole("billing");
        LotTable invoices = lot.get("invoices.csv");
        List<String> first = new ArrayList<>(invoices.rows().get(0));
        first.set(invoices.column("document"), "essai.pdf");
        invoices.rows().set(0, first);
        return written.write("billing", true, lot, sequences.get("billing") + 1, "-essai");
    }

    private Lot held() throws IOException {
        Map<String, LotTable> lot = whole("bookings");
        lot.replaceAll((file, table) -> new LotTable(
                table.header(),
                IntStream.range(0, table.rows().size())
                        .filter(row -> row % 2 == 0)
                        .mapToObj(table.rows()::get)
                        .toList()));
        return write("bookings", true, lot);
    }

    private Lot write(String flow, boolean full, Map<String, LotTable> lot) throws IOException {
        return written.write(flow, full, lot, sequences.merge(flow, 1L, Long::sum));
    }

    /** Changed rows stay changed in what later lots say; nothing is said twice in one lot. */
    private Map<String, LotTable> changed(String flow) {
        Map<String, LotTable> lot = new LinkedHashMap<>();
        for (int i = 1 + random.nextInt(FEW); i > 0; i--) {
            Changing change = oneOf(of(flow, CHANGES));
            List<String> row = change(change);
            LotTable said = lot.computeIfAbsent(
                    change.file(),
                    file -> new LotTable(flows.get(flow).get(file).header(), new ArrayList<>()));
            if (!said.rows().contains(row)) {
                said.rows().removeIf(earlier -> sameKey(change.file(), earlier, row));
                said.rows().add(row);
            }
        }
        // A decision cannot be taken back by archiving it.
        if (random.nextInt(4) == 0 && !flow.equals("decisions")) {
            archiveOne(lot);
        }
        return lot;
    }

    private static boolean sameKey(String file, List<String> one, List<String> other) {
        int key = switch (file) {
            case "memberships.csv", "allergies.csv", "vaccinations.csv", "code_lists.csv" -> 2;
            case "invoice_lines.csv", "allocations.csv", "decisions.csv" -> 2;
            case "documents.csv", "bookings.csv" -> 3;
            default -> 1;
        };
        return one.subList(0, key).equals(other.subList(0, key));
    }

    private void archiveOne(Map<String, LotTable> lot) {
        String file = oneOf(List.copyOf(lot.keySet()));
        LotTable said = lot.get(file);
        List<String> header = new ArrayList<>(said.header());
        header.add("archived");
        List<List<String>> rows = new ArrayList<>();
        for (List<String> row : said.rows()) {
            List<String> longer = new ArrayList<>(row);
            longer.add(rows.isEmpty() ? "1" : "");
            rows.add(longer);
        }
        lot.put(file, new LotTable(header, rows));
    }

    private Map<String, LotTable> whole(String flow) {
        for (int i = random.nextInt(FEW); i > 0; i--) {
            change(oneOf(of(flow, CHANGES)));
        }
        Map<String, LotTable> lot = new LinkedHashMap<>();
        flows.get(flow).forEach((file, table) -> {
            List<List<String>> rows = new ArrayList<>(table.rows());
            if (LEAVES.contains(file) && random.nextBoolean()) {
                for (int i = random.nextInt(FEW); i > 0 && rows.size() > 1; i--) {
                    rows.remove(random.nextInt(rows.size()));
                }
            }
            lot.put(file, new LotTable(table.header(), rows));
        });
        return lot;
    }

    private List<String> change(Changing change) {
        LotTable table = flows.get(change.flow()).get(change.file());
        int at = random.nextInt(table.rows().size());
        List<String> row = new ArrayList<>(table.rows().get(at));
        row.set(
                table.column(change.column()),
                change.choices().isEmpty() ? "Texte n° " + random.nextInt(1_000) : oneOf(change.choices()));
        table.rows().set(at, row);
        return row;
    }

    /** One row of the lot goes wrong; what the business application has stays right. */
    private void spoil(String flow, Map<String, LotTable> lot) {
        List<Changing> possible = of(flow, FAULTS).stream()
                .filter(fault -> lot.containsKey(fault.file()))
                .toList();
        if (possible.isEmpty()) {
            return;
        }
        Changing fault = oneOf(possible);
        LotTable table = lot.get(fault.file());
        List<Integer> harmless = IntStream.range(0, table.rows().size())
                .filter(i -> mentions(lot, fault.file(), table.rows().get(i).get(0)) <= MOST_MENTIONS)
                .boxed()
                .toList();
        if (harmless.isEmpty()) {
            return;
        }
        int at = oneOf(harmless);
        List<String> row = new ArrayList<>(table.rows().get(at));
        row.set(table.column(fault.column()), fault.choices().get(0));
        table.rows().set(at, row);
    }

    /** How many rows of the lot's other files fall with a row of this key. */
    private static long mentions(Map<String, LotTable> lot, String file, String key) {
        return lot.entrySet().stream()
                .filter(other -> !other.getKey().equals(file))
                .flatMap(other -> other.getValue().rows().stream())
                .filter(row -> row.contains(key))
                .count();
    }

    private static List<Changing> of(String flow, List<Changing> all) {
        return all.stream().filter(change -> change.flow().equals(flow)).toList();
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
