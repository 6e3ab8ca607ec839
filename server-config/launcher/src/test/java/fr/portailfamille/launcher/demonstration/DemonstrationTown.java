package fr.portailfamille.launcher.demonstration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import fr.portailfamille.launcher.demonstration.ContractTables.Table;
import fr.portailfamille.launcher.demonstration.DemonstrationLots.BuiltLot;
import fr.portailfamille.launcher.demonstration.DemonstrationPeople.Person;
import fr.portailfamille.launcher.demonstration.DemonstrationPeople.Role;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The town as its lots tell it, and what must be true of it whatever the day. */
final class DemonstrationTown {

    private static final List<String> FLOWS = List.of("reference", "individuals", "registrations", "bookings");

    private final LocalDate today;
    private final List<LotReader> lots = new ArrayList<>();
    private final Map<String, List<Map<String, String>>> tables = new HashMap<>();
    private final Map<String, Map<String, String>> schedules = new HashMap<>();
    private final Map<List<String>, String> exceptions = new HashMap<>();
    private final Map<List<String>, List<Map<String, String>>> registrations = new HashMap<>();

    DemonstrationTown(LocalDate today, List<BuiltLot> built) throws IOException {
        this.today = today;
        for (BuiltLot lot : built) {
            LotReader reader = LotReader.open(lot.path());
            lots.add(reader);
            for (String file : reader.files().keySet()) {
                tables.put(file, reader.rows(file));
            }
        }
        for (Map<String, String> row : tables.get("schedules.csv")) {
            schedules.put(row.get("schedule_ref"), row);
        }
        for (Map<String, String> row : tables.get("schedule_dates.csv")) {
            exceptions.put(List.of(row.get("schedule_ref"), row.get("date")), row.get("open"));
        }
        registrations.putAll(tables.get("registrations.csv").stream()
                .collect(Collectors.groupingBy(row -> List.of(row.get("individual_ref"), row.get("schedule_ref")))));
    }

    void check() throws IOException {
        manifests();
        tables.keySet().forEach(this::cells);
        references();
        registrations();
        bookings();
        places();
        deadlinesAndPeriods();
        people();
    }

    private void manifests() {
        for (int i = 0; i < FLOWS.size(); i++) {
            JsonObject manifest = lots.get(i).manifest();
            assertThat(manifest.getString("format")).isEqualTo("enfance-exchange/1");
            assertThat(manifest.getString("flow")).isEqualTo(FLOWS.get(i));
            assertThat(manifest.getString("mode")).isEqualTo("full");
            assertThat(manifest.getString("town")).isEqualTo("saint-exemple");
            assertThat(manifest.getString("producedAt")).startsWith(today + "T06:00:00+0");
            Set<String> listed = new HashSet<>();
            for (JsonObject file : manifest.getJsonArray("files").getValuesAs(JsonObject.class)) {
                String name = file.getString("name");
                listed.add(name);
                assertThat(file.getString("sha256"))
                        .isEqualTo(sha256(lots.get(i).files().get(name)));
                assertThat(tables.get(name)).as(name).hasSize(file.getInt("rows"));
            }
            assertThat(lots.get(i).files().keySet()).isEqualTo(listed);
        }
    }

    private void cells(String file) {
        Table table = ContractTables.ALL.get(file);
        Set<List<String>> keys = new HashSet<>();
        for (Map<String, String> row : tables.get(file)) {
            must(row.keySet().equals(table.columns().keySet()), "columns of %s: %s", file, row.keySet());
            row.forEach((column, cell) ->
                    must(table.columns().get(column).matcher(cell).matches(), "cell %s of %s: %s", column, file, row));
            must(keys.add(table.key().stream().map(row::get).toList()), "twice in %s: %s", file, row);
        }
    }

    private void references() {
        Map<String, String> homes = Map.of(
                "regie_ref", "regies.csv",
                "facility_ref", "facilities.csv",
                "class_ref", "classes.csv",
                "activity_ref", "activities.csv",
                "schedule_ref", "schedules.csv",
                "pool_ref", "pools.csv",
                "family_ref", "families.csv",
                "individual_ref", "individuals.csv",
                "type_ref", "document_types.csv");
        tables.forEach((file, rows) -> homes.forEach((column, home) -> {
            Set<String> known =
                    tables.get(home).stream().map(row -> row.get(column)).collect(Collectors.toSet());
            assertThat(rows.stream().map(row -> row.getOrDefault(column, "")).filter(ref -> !ref.isEmpty()))
                    .as("%s of %s on %s", column, file, today)
                    .isSubsetOf(known);
        }));
        codes("individuals.csv", "diet", "diet");
        codes("individuals.csv", "quality", "quality");
        codes("individuals.csv", "marital_status", "marital_status");
        codes("allergies.csv", "allergy", "allergy");
        codes("vaccinations.csv", "vaccine", "vaccine");
        codes("pickup_contacts.csv", "relationship", "relationship");
    }

    private void codes(String file, String column, String list) {
        Set<String> known = tables.get("code_lists.csv").stream()
                .filter(row -> row.get("list").equals(list))
                .map(row -> row.get("code"))
                .collect(Collectors.toSet());
        assertThat(tables.get(file).stream().map(row -> row.get(column)).filter(code -> !code.isEmpty()))
                .as(file)
                .isNotEmpty()
                .isSubsetOf(known);
    }

    private void registrations() {
        Set<List<String>> members = tables.get("memberships.csv").stream()
                .filter(row -> row.get("role").equals("child"))
                .map(row -> List.of(row.get("family_ref"), row.get("individual_ref")))
                .collect(Collectors.toSet());
        assertThat(members.stream().map(member -> member.get(1)).distinct()).hasSize(25);
        for (Map<String, String> row : tables.get("registrations.csv")) {
            Map<String, String> schedule = schedule(row.get("schedule_ref"));
            must(row.get("start").compareTo(schedule.get("valid_from")) >= 0, "too early: %s", row);
            must(row.get("end").compareTo(schedule.get("valid_to")) <= 0, "too late: %s", row);
            must(row.get("start").compareTo(row.get("end")) <= 0, "ends before it starts: %s", row);
            must(members.contains(List.of(row.get("family_ref"), row.get("individual_ref"))), "not of it: %s", row);
        }
    }

    private void bookings() {
        Map<List<String>, Set<String>> activitiesOfDay = new HashMap<>();
        for (Map<String, String> row : tables.get("bookings.csv")) {
            Map<String, String> schedule = schedule(row.get("schedule_ref"));
            LocalDate day = LocalDate.parse(row.get("date"));
            must(open(schedule, day), "a closed day: %s", row);
            must(registered(row, day), "without registration: %s", row);
            if (row.get("state").equals("booked")) {
                activitiesOfDay
                        .computeIfAbsent(List.of(row.get("individual_ref"), row.get("date")), key -> new HashSet<>())
                        .add(schedule.get("activity_ref"));
            }
        }
        for (Map<String, String> pair : tables.get("incompatibilities.csv")) {
            assertThat(activitiesOfDay.values())
                    .noneMatch(activities -> activities.containsAll(
                            List.of(pair.get("activity_ref"), pair.get("excluded_activity_ref"))));
        }
        List<LocalDate> days = tables.get("bookings.csv").stream()
                .map(row -> LocalDate.parse(row.get("date")))
                .toList();
        assertThat(days).as("history on %s", today).anyMatch(day -> day.isBefore(today));
        assertThat(days.stream().filter(day -> !day.isBefore(DemonstrationLots.firstMonday(today))))
                .hasSizeGreaterThan(100);
    }

    /** As the contract says: a date beats a closure beats a public holiday beats the weekdays. */
    private boolean open(Map<String, String> schedule, LocalDate day) {
        String exception = exceptions.get(List.of(schedule.get("schedule_ref"), day.toString()));
        if (exception != null) {
            return exception.equals("1");
        }
        return schedule.get("weekdays")
                        .contains(Integer.toString(day.getDayOfWeek().getValue()))
                && !SchoolCalendar.isPublicHoliday(day)
                && tables.get("closures.csv").stream().noneMatch(closure -> closes(closure, schedule, day));
    }

    private static boolean closes(Map<String, String> closure, Map<String, String> schedule, LocalDate day) {
        return within(closure, day)
                && Set.of("", schedule.get("facility_ref")).contains(closure.get("facility_ref"))
                && Set.of("", schedule.get("activity_ref")).contains(closure.get("activity_ref"));
    }

    private boolean registered(Map<String, String> booking, LocalDate day) {
        return registrations
                .getOrDefault(List.of(booking.get("individual_ref"), booking.get("schedule_ref")), List.of())
                .stream()
                .filter(row -> row.get("status").equals("active"))
                .filter(row -> within(row, day))
                .anyMatch(row -> row.get("weekdays").isEmpty()
                        || row.get("weekdays")
                                .contains(Integer.toString(day.getDayOfWeek().getValue())));
    }

    private static boolean within(Map<String, String> row, LocalDate day) {
        return row.get("start").compareTo(day.toString()) <= 0 && row.get("end").compareTo(day.toString()) >= 0;
    }

    private void places() {
        LocalDate monday = DemonstrationLots.firstMonday(today);
        assertThat(taken(Set.of("MAT-ELEM"), monday.plusDays(3)))
                .as("full on %s", today)
                .isEqualTo(4);
        assertThat(cell("schedule_dates.csv", "schedule_ref", "MAT-ELEM", monday.plusDays(3), "capacity"))
                .isEqualTo("4");
        assertThat(taken(Set.of("MERJ-CLSH", "MERM-CLSH"), monday.plusDays(2))).isEqualTo(8);
        assertThat(cell("pool_dates.csv", "pool_ref", "MER-MATIN", monday.plusDays(2), "capacity"))
                .isEqualTo("10");
        Map<List<String>, Long> perDay = tables.get("bookings.csv").stream()
                .filter(row -> row.get("state").equals("booked"))
                .collect(Collectors.groupingBy(
                        row -> List.of(row.get("schedule_ref"), row.get("date")), Collectors.counting()));
        perDay.forEach((slot, count) -> {
            String capacity = schedule(slot.get(0)).get("capacity");
            must(count <= (capacity.isEmpty() ? 10 : Integer.parseInt(capacity)), "too many: %s", slot);
        });
    }

    private long taken(Set<String> schedules, LocalDate day) {
        return tables.get("bookings.csv").stream()
                .filter(row -> schedules.contains(row.get("schedule_ref")))
                .filter(row -> row.get("date").equals(day.toString()))
                .filter(row -> row.get("state").equals("booked"))
                .count();
    }

    private String cell(String file, String keyColumn, String key, LocalDate day, String column) {
        return tables.get(file).stream()
                .filter(row -> row.get(keyColumn).equals(key))
                .filter(row -> row.get("date").equals(day.toString()))
                .map(row -> row.get(column))
                .findFirst()
                .orElseThrow();
    }

    private void deadlinesAndPeriods() {
        for (Map<String, String> row : tables.get("booking_rules.csv")) {
            String parameters = Stream.of("n", "day_kind", "at_weekday", "at_day", "at_time")
                    .map(row::get)
                    .collect(Collectors.joining());
            must(
                    switch (row.get("kind")) {
                        case "fixed" ->
                            parameters.isEmpty()
                                    && row.get("until").substring(0, 10).compareTo(today.toString()) > 0;
                        case "days_before" -> parameters.matches("\\d+(calendar|working|service)\\d\\d:\\d\\d");
                        case "week_before" -> parameters.matches("\\d[1-7]\\d\\d:\\d\\d");
                        default -> parameters.matches("\\d\\d\\d\\d\\d:\\d\\d");
                    },
                    "half a rule: %s",
                    row);
        }
        assertThat(tables.get("periods.csv").stream()
                        .filter(row -> !row.get("bookable_from").isEmpty()))
                .isNotEmpty()
                .allSatisfy(row -> {
                    assertThat(row.get("bookable_from").substring(0, 10))
                            .isGreaterThan(today.toString())
                            .isLessThan(row.get("start"));
                });
    }

    /** Those whose accounts are made or printed exist, and prove themselves as they are told to. */
    private void people() throws IOException {
        for (Person person : DemonstrationPeople.of(today)) {
            if (person.role() == Role.AGENT) {
                continue;
            }
            String family = tables.get("families.csv").stream()
                    .filter(row -> row.get("account_code").equals(person.accountCode()))
                    .map(row -> row.get("family_ref"))
                    .findFirst()
                    .orElseThrow();
            Set<String> members = tables.get("memberships.csv").stream()
                    .filter(row -> row.get("family_ref").equals(family))
                    .map(row -> row.get("individual_ref"))
                    .collect(Collectors.toSet());
            List<Map<String, String>> individuals = tables.get("individuals.csv").stream()
                    .filter(row -> members.contains(row.get("individual_ref")))
                    .toList();
            assertThat(individuals).anyMatch(row -> row.get("birth_date").equals(person.birthDate() + ""));
            assertThat(individuals.stream().map(row -> row.get("email")).anyMatch(person.email()::equals))
                    .as("Enfance knows the e-mail of %s", person.lastName())
                    .isEqualTo(person.role() == Role.CITIZEN);
        }
    }

    private Map<String, String> schedule(String ref) {
        return schedules.get(ref);
    }

    /** Cheaper than an assertion of the library, for what is asked a million times. */
    private void must(boolean kept, String broken, Object... values) {
        if (!kept) {
            fail("Opened on " + today + ", " + broken.formatted(values));
        }
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
