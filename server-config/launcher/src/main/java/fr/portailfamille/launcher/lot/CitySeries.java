package fr.portailfamille.launcher.lot;

import fr.portailfamille.launcher.lot.LotSeries.Lot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What a city might send: first lots just so large that the portal merges people while it reads them and puts bookings aside,
 * then a full lot of people with some secrets changed, and so many changed bookings that two hands merge them. Drawn from a
 * seed, as a {@link LotSeries}.
 */
public final class CitySeries {

    /** Of one child each. */
    private static final int FAMILIES = 600;

    /** From 200,000 on the first ones are put aside. */
    private static final int BOOKINGS = 201_000;

    /** From 5,000 on they are merged by two hands. */
    private static final int CHANGED_BOOKINGS = 6_000;

    private static final int CHANGED_FAMILIES = 40;

    /** Fewer than the guard looks at. */
    private static final int GONE = 5;

    private static final int FAULTS = 7;

    private static final Set<DayOfWeek> SCHOOL_DAYS =
            Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY);

    private final LotFolder lots;
    private final Random random;
    private final LocalDate first;
    private final LocalDate last;

    private CitySeries(String town, LocalDate day, long seed, Path folder) {
        lots = new LotFolder(town, day, seed, folder);
        random = new Random(seed);
        first = LocalDate.of(day.getMonthValue() < 9 ? day.getYear() - 1 : day.getYear(), 9, 1);
        last = first.plusMonths(10);
    }

    /** Writes them. */
    public static List<Lot> draw(String town, LocalDate day, long seed, Path folder) throws IOException {
        Files.createDirectories(folder);
        return new CitySeries(town, day, seed, folder).write();
    }

    private List<Lot> write() throws IOException {
        List<Lot> written = new ArrayList<>();
        written.add(lots.write("reference", true, reference(), 1));
        Map<String, LotTable> people = people();
        written.add(lots.write("individuals", true, people, 1));
        written.add(lots.write("registrations", true, Map.of("registrations.csv", registrations()), 1));
        LotTable bookings = bookings();
        written.add(lots.write("bookings", true, Map.of("bookings.csv", bookings), 1));
        written.add(lots.write("individuals", true, later(people), 2));
        written.add(lots.write("bookings", false, Map.of("bookings.csv", changed(bookings)), 2));
        return written;
    }

    /** The second schedule has one place less than there are children. */
    private Map<String, LotTable> reference() {
        Map<String, LotTable> files = new LinkedHashMap<>();
        files.put("facilities.csv", LotTable.of("facility_ref,name,kind").with("E1", "École des Tilleuls", "school"));
        files.put(
                "activities.csv",
                LotTable.of("activity_ref,name,kind,decision").with("CANT", "Restauration", "canteen", "automatic"));
        files.put(
                "schedules.csv",
                LotTable.of("schedule_ref,activity_ref,facility_ref,start_time,end_time,weekdays,capacity,valid_from,"
                                + "valid_to")
                        .with("S1", "CANT", "E1", "12:00", "13:45", "1245", "", first, last)
                        .with("S2", "CANT", "E1", "16:00", "17:45", "1245", FAMILIES - 1, first, last));
        files.put("pools.csv", LotTable.of("pool_ref,name,capacity").with("P1", "Cour", 2 * FAMILIES));
        files.put(
                "pool_schedules.csv",
                LotTable.of("pool_ref,schedule_ref").with("P1", "S1").with("P1", "S2"));
        return files;
    }

    private Map<String, LotTable> people() {
        LotTable families = LotTable.of("family_ref,account_code,name,street,account_holder");
        LotTable people = LotTable.of("individual_ref,last_name,first_name,mobile");
        LotTable memberships = LotTable.of("family_ref,individual_ref,role");
        for (int i = 1; i <= FAMILIES; i++) {
            families.with("F" + i, "BL-%010d".formatted(i), "ROUSSEL", random.nextInt(99) + " rue du Lac", holder());
            people.with("I" + i, "ROUSSEL", "Enfant " + i, "06 39 98 %02d 01".formatted(random.nextInt(100)));
            memberships.with("F" + i, "I" + i, "child");
        }
        Map<String, LotTable> files = new LinkedHashMap<>();
        files.put("families.csv", families);
        files.put("individuals.csv", people);
        files.put("memberships.csv", memberships);
        return files;
    }

    /** A secret. */
    private String holder() {
        return "ROUSSEL " + random.nextInt(10_000);
    }

    private LotTable registrations() {
        LotTable stays =
                LotTable.of("registration_ref,individual_ref,family_ref,schedule_ref,start,end,weekdays,status");
        for (int i = 1; i <= FAMILIES; i++) {
            for (int s = 1; s <= 2; s++) {
                stays.with("R" + i + "-" + s, "I" + i, "F" + i, "S" + s, first, last, "1245", "active");
            }
        }
        return stays;
    }

    private LotTable bookings() {
        LotTable bookings = LotTable.of("individual_ref,schedule_ref,date,state");
        List<LocalDate> days = first.datesUntil(last.plusDays(1))
                .filter(day -> SCHOOL_DAYS.contains(day.getDayOfWeek()))
                .toList();
        for (int n = 0; n < BOOKINGS; n++) {
            LocalDate day = days.get(n / (2 * FAMILIES));
            int child = 1 + n / 2 % FAMILIES;
            bookings.with("I" + child, "S" + (1 + n % 2), day, random.nextInt(60) == 0 ? "absent" : "booked");
        }
        for (int i = 0; i < FAULTS; i++) {
            spoil(bookings.rows(), random.nextInt(BOOKINGS), i);
        }
        return bookings;
    }

    /** A child that nobody knows, or no date. */
    private static void spoil(List<List<String>> rows, int at, int kind) {
        List<String> row = new ArrayList<>(rows.get(at));
        row.set(kind % 2 == 0 ? 0 : 2, kind % 2 == 0 ? "INCONNU" + kind : "demain");
        rows.set(at, row);
    }

    /** Some have moved or changed a secret, a few are gone. */
    private Map<String, LotTable> later(Map<String, LotTable> people) {
        LotTable families = people.get("families.csv");
        for (int i = 0; i < CHANGED_FAMILIES; i++) {
            int at = random.nextInt(families.rows().size());
            List<String> row = new ArrayList<>(families.rows().get(at));
            row.set(families.column("street"), random.nextInt(99) + " rue du Port");
            if (i % 2 == 0) {
                row.set(families.column("account_holder"), holder());
            }
            families.rows().set(at, row);
        }
        LotTable memberships = people.get("memberships.csv");
        for (int i = 0; i < GONE; i++) {
            memberships.rows().remove(random.nextInt(memberships.rows().size()));
        }
        return people;
    }

    /** Those of some days in a row, faults included. */
    private LotTable changed(LotTable bookings) {
        LotTable changed = new LotTable(bookings.header(), new ArrayList<>());
        int from = random.nextInt(BOOKINGS - CHANGED_BOOKINGS);
        for (List<String> row : bookings.rows().subList(from, from + CHANGED_BOOKINGS)) {
            List<String> turned = new ArrayList<>(row);
            turned.set(3, random.nextInt(10) == 0 ? "none" : row.get(3).equals("booked") ? "absent" : "booked");
            changed.rows().add(turned);
        }
        return changed;
    }
}
