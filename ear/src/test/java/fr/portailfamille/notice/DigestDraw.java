package fr.portailfamille.notice;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * What a seed draws: decisions in the four weeks around each change of the clocks of a year, a quarter of them within a day
 * of the change and a quarter within two microseconds of the end of a window; and what the timers and the operator of the
 * town do meanwhile.
 */
final class DigestDraw {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final List<LocalDate> CLOCK_CHANGES = List.of(LocalDate.of(2026, 3, 29), LocalDate.of(2026, 10, 25));
    private static final int WEEKS_AROUND = 4;

    /** One for each week, in an order of the draw: those of the night are skipped by one change and repeated by the other. */
    private static final List<String> HOURS = List.of("13:00,18:00", "02:30,13:00,18:00", "00:00,12:00", "23:59,00:01");

    /** How a turn goes at which something could be told; as often as it stands here. */
    enum Turn {
        MISSED(6),
        IN_TIME(20),
        TWICE(6),
        ON_TWO_NODES(10),
        /** The server dies before it has told what it closed. */
        CLOSED_AND_NOT_TOLD(4),
        WHILE_OTHERS_BEGIN_TO_RECORD(6),
        /** From before the turn until after it. */
        WHILE_OTHERS_RECORD(3),
        BY_THE_OPERATOR(0),
        /** The town has other hours from here on. */
        OTHER_HOURS(0);

        private final int weight;

        Turn(int weight) {
            this.weight = weight;
        }

        /** Whether the window that is over by then is closed when the turn has ended. */
        boolean closes() {
            return this == IN_TIME || this == TWICE || this == ON_TWO_NODES || this == CLOSED_AND_NOT_TOLD;
        }
    }

    /**
     * A turn at an instant.
     *
     * @param end of the window that is over by then; where nothing says so, the beginning of time
     * @param hours of the town from here on, where they change
     */
    record Event(Instant at, Turn turn, Instant end, String hours) {}

    /** A decision: the instant that its transaction has in mind, and the one at which it comes to record it. */
    record Taken(Instant meant, Instant comes) {}

    private final Random random;
    private final List<Turn> deck = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<Taken> decisions = new ArrayList<>();

    DigestDraw(long seed, int decisions) {
        random = new Random(seed);
        for (LocalDate change : CLOCK_CHANGES) {
            weeksAround(change, decisions / CLOCK_CHANGES.size());
        }
        events.sort(Comparator.comparing(Event::at));
        this.decisions.sort(Comparator.comparing(Taken::comes));
    }

    /** In the order in which they happen. */
    List<Event> events() {
        return Collections.unmodifiableList(events);
    }

    /** In the order in which they come. */
    List<Taken> decisions() {
        return Collections.unmodifiableList(decisions);
    }

    private void weeksAround(LocalDate change, int count) {
        LocalDate first = change.minusWeeks(WEEKS_AROUND / 2);
        List<String> hours = new ArrayList<>(HOURS);
        Collections.shuffle(hours, random);
        List<Instant> ends = new ArrayList<>();
        List<Event> turns = new ArrayList<>();
        Instant begin = start(first);
        for (int week = 0; week < WEEKS_AROUND; week++) {
            Instant end = between(
                    start(first.plusWeeks(week + 1)),
                    start(first.plusWeeks(week + 1).plusDays(1)));
            events.add(new Event(begin, Turn.OTHER_HOURS, Instant.MIN, hours.get(week)));
            List<Instant> endsOfWeek = ends(hours.get(week), begin, end);
            for (Instant over : endsOfWeek) {
                turns.add(new Event(earlier(over.plus(delay()), end), turn(), over, null));
            }
            ends.addAll(endsOfWeek);
            for (int i = 0; i < 5; i++) {
                turns.add(new Event(between(begin, end), Turn.BY_THE_OPERATOR, Instant.MIN, null));
                turns.add(new Event(between(begin, end), Turn.IN_TIME, Instant.MIN, null));
            }
            begin = end;
        }
        Instant outage =
                between(start(first), start(first.plusWeeks(WEEKS_AROUND).minusDays(1)));
        Instant over = outage.plus(1, ChronoUnit.DAYS);
        for (Event event : turns) {
            boolean down = !event.at().isBefore(outage) && event.at().isBefore(over);
            events.add(down ? new Event(event.at(), Turn.MISSED, event.end(), null) : event);
        }
        for (int i = 0; i < count; i++) {
            Instant meant = meant(start(first), begin, change, ends);
            decisions.add(new Taken(meant, meant.plus(slowness())));
        }
    }

    private static List<Instant> ends(String hours, Instant begin, Instant end) {
        List<Instant> ends = new ArrayList<>();
        for (LocalDate day = begin.atZone(PARIS).toLocalDate(); start(day).isBefore(end); day = day.plusDays(1)) {
            for (String hour : hours.split(",")) {
                Instant over = day.atTime(LocalTime.parse(hour)).atZone(PARIS).toInstant();
                if (!over.isBefore(begin) && over.isBefore(end)) {
                    ends.add(over);
                }
            }
        }
        return ends;
    }

    /** From a deck that holds each as often as it is to be, so that none is missing from any draw. */
    private Turn turn() {
        if (deck.isEmpty()) {
            for (Turn turn : Turn.values()) {
                deck.addAll(Collections.nCopies(turn.weight, turn));
            }
            Collections.shuffle(deck, random);
        }
        return deck.remove(deck.size() - 1);
    }

    private Instant meant(Instant begin, Instant end, LocalDate change, List<Instant> ends) {
        return switch (random.nextInt(4)) {
            case 0 -> between(start(change.minusDays(1)), start(change.plusDays(2)));
            case 1 -> ends.get(random.nextInt(ends.size())).plusNanos(1000L * (random.nextInt(5) - 2));
            default -> between(begin, end);
        };
    }

    /** Of a timer: mostly none, so that decisions of the very instant are recorded before and after it. */
    private Duration delay() {
        return switch (random.nextInt(8)) {
            case 0 -> upTo(Duration.ofHours(3));
            case 1, 2 -> upTo(Duration.ofSeconds(15));
            default -> Duration.ZERO;
        };
    }

    /** Of a transaction: mostly none. */
    private Duration slowness() {
        return switch (random.nextInt(50)) {
            case 0 -> upTo(Duration.ofDays(2));
            case 1, 2 -> upTo(Duration.ofMinutes(10));
            default -> Duration.ZERO;
        };
    }

    private Duration upTo(Duration longest) {
        return Duration.of((long) (random.nextDouble() * longest.toNanos() / 1000), ChronoUnit.MICROS);
    }

    private Instant between(Instant begin, Instant end) {
        return begin.plus(upTo(Duration.between(begin, end)));
    }

    /** A turn stays in its week: the hours of the next say of other ends. */
    private static Instant earlier(Instant at, Instant endOfWeek) {
        return at.isBefore(endOfWeek) ? at : endOfWeek.minusMillis(1);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(PARIS).toInstant();
    }
}
