package fr.portailfamille.activity;

import fr.portailfamille.activity.Catalogue.AbsenceReason;
import fr.portailfamille.activity.Catalogue.CounterDay;
import fr.portailfamille.activity.DeadlineRule.DayKind;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A catalogue as the database hands it over: one JSON document instead of nine results. */
final class CatalogueDocument {

    private static final LocalTime END_OF_DAY = LocalTime.of(23, 59);

    private final ZoneId zone;
    private final PublicHolidays holidays;

    CatalogueDocument(ZoneId zone, PublicHolidays holidays) {
        this.zone = zone;
        this.holidays = holidays;
    }

    Catalogue read(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            return read(reader.readObject());
        }
    }

    private Catalogue read(JsonObject all) {
        Map<OpeningCalendar.Key, Boolean> dates = new HashMap<>();
        Map<CounterDay, Integer> capacities = new HashMap<>();
        for (JsonObject date : list(all, "dates")) {
            long schedule = number(date, "schedule");
            LocalDate day = day(date, "day");
            dates.put(new OpeningCalendar.Key(schedule, day), date.getBoolean("open"));
            Integer capacity = integer(date, "capacity");
            if (capacity != null) {
                capacities.put(new CounterDay(schedule, day), capacity);
            }
        }
        for (JsonObject date : list(all, "poolDates")) {
            capacities.put(new CounterDay(number(date, "pool"), day(date, "day")), date.getInt("capacity"));
        }
        OpeningCalendar calendar = new OpeningCalendar(
                dates,
                list(all, "closures").stream().map(CatalogueDocument::closure).toList(),
                holidays);
        return new Catalogue(
                list(all, "offers").stream()
                        .map(CatalogueDocument::offer)
                        .collect(Collectors.toMap(Offer::id, offer -> offer)),
                calendar,
                deadlines(all, "BOOK", calendar),
                deadlines(all, "CANCEL", calendar),
                list(all, "periods").stream().map(CatalogueDocument::period).toList(),
                list(all, "pools").stream().map(CatalogueDocument::pool).toList(),
                capacities,
                incompatible(all),
                list(all, "absences").stream()
                        .map(each -> new AbsenceReason(each.getString("code"), each.getString("label")))
                        .toList());
    }

    private Deadlines deadlines(JsonObject all, String action, OpeningCalendar calendar) {
        return new Deadlines(
                list(all, "rules").stream()
                        .filter(rule -> rule.getString("action").equals(action))
                        .map(CatalogueDocument::rule)
                        .flatMap(Optional::stream)
                        .toList(),
                calendar,
                zone);
    }

    private static Offer offer(JsonObject each) {
        Schedule schedule = new Schedule(
                number(each, "id"),
                number(each, "activity"),
                number(each, "facility"),
                LocalTime.parse(each.getString("start")),
                LocalTime.parse(each.getString("end")),
                Schedule.weekdays(each.getString("weekdays", null)),
                integer(each, "capacity"),
                day(each, "from"),
                day(each, "to"));
        return new Offer(
                schedule,
                each.getString("name"),
                each.getString("place"),
                each.getBoolean("automatic"),
                each.getBoolean("offered"),
                each.getInt("order"));
    }

    private static Closure closure(JsonObject each) {
        return new Closure(
                day(each, "start"),
                day(each, "end"),
                each.getString("reason"),
                longOrNull(each, "facility"),
                longOrNull(each, "activity"));
    }

    private static BookablePeriod period(JsonObject each) {
        return new BookablePeriod(
                each.getString("name"),
                day(each, "start"),
                day(each, "end"),
                longOrNull(each, "activity"),
                instant(each, "from"),
                instant(each, "until"));
    }

    private static Pool pool(JsonObject each) {
        Set<Long> schedules = each.getJsonArray("schedules").getValuesAs(JsonNumber.class).stream()
                .map(JsonNumber::longValue)
                .collect(Collectors.toSet());
        return new Pool(number(each, "id"), each.getInt("capacity"), schedules);
    }

    /**
     * Empty for a rule that lacks what its kind needs. Lots with such rows are rejected; one that was taken before they were
     * counts as little as if it had been: the other rules of the activity stand, else its start. To guess what is lacking
     * would tell families a deadline that the town never set, and bind them to days that they could have taken back.
     */
    private static Optional<DeadlineRule> rule(JsonObject each) {
        Integer weekday = integer(each, "weekday");
        return limit(each)
                .map(limit -> new DeadlineRule(
                        number(each, "activity"), weekday == null ? null : DayOfWeek.of(weekday), limit));
    }

    private static Optional<DeadlineRule.Limit> limit(JsonObject each) {
        String kind = each.getString("kind");
        if (lacks(each, kind)) {
            return Optional.empty();
        }
        LocalTime time = each.isNull("atTime") ? END_OF_DAY : LocalTime.parse(each.getString("atTime"));
        return Optional.of(
                switch (kind) {
                    case "DAYS_BEFORE" -> new DeadlineRule.DaysBefore(each.getInt("n"), dayKind(each), time);
                    case "WEEK_BEFORE" ->
                        new DeadlineRule.WeekBefore(each.getInt("n"), DayOfWeek.of(each.getInt("atWeekday")), time);
                    case "MONTH_BEFORE" -> new DeadlineRule.MonthBefore(each.getInt("n"), each.getInt("atDay"), time);
                    default ->
                        new DeadlineRule.Fixed(
                                OffsetDateTime.parse(each.getString("until")).toInstant());
                });
    }

    private static boolean lacks(JsonObject rule, String kind) {
        return switch (kind) {
            case "DAYS_BEFORE" -> rule.isNull("n");
            case "WEEK_BEFORE" -> rule.isNull("n") || rule.isNull("atWeekday");
            case "MONTH_BEFORE" -> rule.isNull("n") || rule.isNull("atDay");
            case "FIXED" -> rule.isNull("until");
            default -> throw new IllegalArgumentException("No kind of deadline: " + kind);
        };
    }

    private static DayKind dayKind(JsonObject rule) {
        return rule.isNull("dayKind") ? DayKind.CALENDAR : DayKind.valueOf(rule.getString("dayKind"));
    }

    private static Map<Long, Set<Long>> incompatible(JsonObject all) {
        Map<Long, Set<Long>> pairs = new HashMap<>();
        for (JsonObject pair : list(all, "incompatible")) {
            long one = number(pair, "one");
            long other = number(pair, "other");
            pairs.computeIfAbsent(one, key -> new HashSet<>()).add(other);
            pairs.computeIfAbsent(other, key -> new HashSet<>()).add(one);
        }
        return pairs;
    }

    private static List<JsonObject> list(JsonObject all, String name) {
        return all.isNull(name) ? List.of() : all.getJsonArray(name).getValuesAs(JsonValue::asJsonObject);
    }

    private static long number(JsonObject each, String name) {
        return each.getJsonNumber(name).longValueExact();
    }

    private static @Nullable Long longOrNull(JsonObject each, String name) {
        return each.isNull(name) ? null : number(each, name);
    }

    private static @Nullable Integer integer(JsonObject each, String name) {
        return each.isNull(name) ? null : each.getInt(name);
    }

    private static LocalDate day(JsonObject each, String name) {
        return LocalDate.parse(each.getString(name));
    }

    private static @Nullable Instant instant(JsonObject each, String name) {
        return each.isNull(name)
                ? null
                : OffsetDateTime.parse(each.getString(name)).toInstant();
    }
}
