package fr.portailfamille.backoffice;

import fr.portailfamille.account.AccountState;
import fr.portailfamille.exchange.KeyState;
import fr.portailfamille.exchange.LotDecision;
import fr.portailfamille.exchange.LotSender;
import fr.portailfamille.exchange.OpenLot;
import fr.portailfamille.exchange.RunLot;
import fr.portailfamille.exchange.RunResult;
import fr.portailfamille.notice.NoticeState;
import fr.portailfamille.request.LineState;
import fr.portailfamille.request.RequestState;
import fr.portailfamille.web.TownContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Locale;
import java.util.ResourceBundle;

/** How values are written in grids: {@code #{show.date(row.day())}}. */
@Named("show")
@RequestScoped
public class Display {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.FRENCH);
    private static final DateTimeFormatter WEEKDAY = DateTimeFormatter.ofPattern("EEE dd/MM/yyyy", Locale.FRENCH);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm", Locale.FRENCH);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", Locale.FRENCH);
    private static final Duration RECENT = Duration.ofHours(12);

    @Inject
    private Clock clock;

    @Inject
    private TownContext town;

    public String date(LocalDate day) {
        return day == null ? "" : DAY.format(day);
    }

    /** With the day of the week, for what is to come. */
    public String weekday(LocalDate day) {
        return WEEKDAY.format(day);
    }

    public String day(Instant at) {
        return at == null ? "" : DAY.format(at.atZone(town.getProfile().zone()));
    }

    public String minute(Instant at) {
        return at == null ? "" : MINUTE.format(at.atZone(town.getProfile().zone()));
    }

    public String hours(LocalTime from, LocalTime to) {
        return HOUR.format(from) + "–" + HOUR.format(to);
    }

    /** What has just happened is told by how long ago, the rest by its date. */
    public String ago(Instant at) {
        Duration since = Duration.between(at, clock.instant());
        if (since.isNegative() || since.compareTo(RECENT) > 0) {
            return minute(at);
        }
        if (since.toMinutes() < 1) {
            return Words.of("ago.now");
        }
        return since.toHours() < 1
                ? Words.of("ago.minutes", since.toMinutes())
                : Words.of("ago.hours", since.toHours());
    }

    /** From then to then, or until now while it lasts. */
    public String duration(Instant from, Instant to) {
        Duration time = Duration.between(from, to == null ? clock.instant() : to);
        if (time.toMinutes() < 1) {
            return Words.of("duration.seconds", Math.max(0, time.toSeconds()));
        }
        return time.toHours() < 1
                ? Words.of("duration.minutes", time.toMinutes(), time.toSecondsPart())
                : Words.of("duration.hours", time.toHours(), time.toMinutesPart());
    }

    public String number(long number) {
        return String.format(Locale.FRENCH, "%,d", number);
    }

    public String joined(Collection<String> values) {
        return String.join(", ", values);
    }

    public String say(String key, Object part) {
        return Words.of(key, part);
    }

    public String say(String key, Object part, Object other) {
        return Words.of(key, part, other);
    }

    /** The word for a value of an enum; a kind of run that has no word yet is shown as it is. */
    public String word(String kind, Object value) {
        String key = kind + "." + value;
        ResourceBundle words = Words.bundle();
        return words.containsKey(key) ? words.getString(key) : String.valueOf(value);
    }

    /** Who sent a lot. */
    public String sender(RunLot lot) {
        if (lot.sender() != LotSender.FOLDER && lot.senderName() == null) {
            return Words.of("runs.sender.unknown");
        }
        return Words.of("runs.sender." + lot.sender(), lot.senderName());
    }

    public String decision(LotDecision decision) {
        return Words.of("runs.decision." + decision.kind(), decision.by());
    }

    public String chip(Object state) {
        if (state instanceof AccountState account) {
            return switch (account) {
                case ACTIVE -> "good";
                case PENDING -> "pending";
                case DISABLED -> "closed";
            };
        }
        if (state instanceof RequestState request) {
            return switch (request) {
                case IN_PROGRESS -> "pending";
                case ACCEPTED, PARTLY_ACCEPTED -> "good";
                case REFUSED -> "bad";
                case WITHDRAWN -> "closed";
            };
        }
        if (state instanceof LineState line) {
            return switch (line) {
                case SUBMITTED, TRANSMITTED -> "pending";
                case ACCEPTED -> "good";
                case REFUSED -> "bad";
                case WAITLISTED -> "waiting";
                case WITHDRAWN -> "closed";
            };
        }
        if (state instanceof KeyState key) {
            return switch (key) {
                case ACTIVE -> "good";
                case REVOKED -> "closed";
            };
        }
        if (state instanceof NoticeState notice) {
            return switch (notice) {
                case QUEUED -> "pending";
                case SENT -> "good";
                case FAILED, RETURNED -> "bad";
                case DECLINED -> "closed";
            };
        }
        if (state instanceof OpenLot.State lot) {
            return switch (lot) {
                case RECEIVED, WAITING -> "waiting";
                case GUARD -> "pending";
            };
        }
        return switch ((RunResult) state) {
            case RUNNING, GUARD -> "pending";
            case DONE -> "good";
            case DONE_WITH_REJECTS, SIMULATED, CONFIRMED -> "waiting";
            case REFUSED, FAILED -> "bad";
            case CANCELLED, SUPERSEDED -> "closed";
        };
    }

    /** The drawing beside the word: states are never told by colour alone. */
    public String icon(Object state) {
        return switch (chip(state)) {
            case "good" -> "check";
            case "bad" -> "cross";
            case "pending" -> "hourglass";
            case "waiting" -> state == LineState.WAITLISTED ? "queue" : "info";
            default -> "minus";
        };
    }
}
