package fr.portailfamille.portal;

import fr.portailfamille.request.LineState;
import fr.portailfamille.request.RequestDetail;
import fr.portailfamille.request.RequestRow;
import fr.portailfamille.request.RequestState;
import fr.portailfamille.web.TownContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** How pages say what is in a request: {@code #{requestWording.state(row)}}. */
@Named
@RequestScoped
public class RequestWording {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    @Inject
    private TownContext town;

    public String moment(Instant instant) {
        ZonedDateTime local = instant.atZone(town.getProfile().zone());
        return PlanningWording.say("requests.dateTime", DAY.format(local), TIME.format(local));
    }

    /** « Décidé le 20/11/2026 à 07:44 », of a line that the business application decided. */
    public String decided(RequestDetail.Line line) {
        return PlanningWording.say("request.decidedAt", moment(line.decidedAt().orElseThrow()));
    }

    public String day(LocalDate day) {
        return DAY.format(day);
    }

    public String hours(LocalTime from, LocalTime to) {
        return TIME.format(from) + " – " + TIME.format(to);
    }

    /** « En cours (3 sur 10 traitées) ». */
    public String state(RequestRow row) {
        return row.state() == RequestState.IN_PROGRESS && row.lines() > 0
                ? PlanningWording.say("requests.progress", row.decided(), row.lines())
                : PlanningWording.say("requestState." + row.state());
    }

    public String tone(RequestState state) {
        return switch (state) {
            case IN_PROGRESS -> "pending";
            case ACCEPTED -> "good";
            case PARTLY_ACCEPTED -> "waiting";
            case REFUSED -> "bad";
            case WITHDRAWN -> "absent";
        };
    }

    public String icon(RequestState state) {
        return switch (state) {
            case IN_PROGRESS -> "hourglass";
            case ACCEPTED, PARTLY_ACCEPTED -> "check";
            case REFUSED -> "cross";
            case WITHDRAWN -> "absent";
        };
    }

    /** « Liste d’attente, rang 2 », as it stands now. */
    public String stateOfLine(RequestDetail.Line line) {
        return line.rank()
                .map(rank -> PlanningWording.say("request.rank", rank))
                .orElseGet(() -> PlanningWording.say("lineState." + line.state()));
    }

    public String toneOfLine(LineState state) {
        return switch (state) {
            case SUBMITTED, TRANSMITTED -> "pending";
            case ACCEPTED -> "good";
            case REFUSED -> "bad";
            case WAITLISTED -> "waiting";
            case WITHDRAWN -> "absent";
        };
    }

    public String iconOfLine(LineState state) {
        return switch (state) {
            case SUBMITTED, TRANSMITTED -> "hourglass";
            case ACCEPTED -> "check";
            case REFUSED -> "cross";
            case WAITLISTED -> "queue";
            case WITHDRAWN -> "absent";
        };
    }
}
