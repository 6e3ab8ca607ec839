package fr.portailfamille.request;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a request asks for, with a state of its own. Moved by {@link Request} only. A booking line is whole here;
 * what others ask for stands in {@link LineContents}.
 */
@Entity
@Table(name = "request_line")
@IdClass(RequestLineId.class)
class RequestLine {

    @Id
    @Column(name = "town_id")
    private int townId;

    @Id
    @Column(name = "request_id")
    private long requestId;

    @Id
    private int line;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "town_id", referencedColumnName = "town_id", insertable = false, updatable = false)
    @JoinColumn(name = "request_id", referencedColumnName = "id", insertable = false, updatable = false)
    private Request request;

    @Enumerated(EnumType.STRING)
    private LineKind kind;

    @Enumerated(EnumType.STRING)
    private @Nullable LineAction action;

    @Column(name = "individual_id")
    private @Nullable Long individualId;

    @Column(name = "schedule_id")
    private @Nullable Long scheduleId;

    private @Nullable LocalDate day;

    @Enumerated(EnumType.STRING)
    private LineState state;

    @Column(name = "absence_code")
    private @Nullable String absenceCode;

    @Column(name = "reason_code")
    private @Nullable String reasonCode;

    private @Nullable String reason;

    @Column(name = "waiting_rank")
    private @Nullable Integer waitingRank;

    @Column(name = "waiting_since")
    private @Nullable Instant waitingSince;

    @Column(name = "decided_at")
    private @Nullable Instant decidedAt;

    @Version
    private int version;

    protected RequestLine() {}

    RequestLine(Request request, int town, long requestId, int line, NewLine asked) {
        this.request = request;
        this.townId = town;
        this.requestId = requestId;
        this.line = line;
        this.kind = asked.kind();
        this.state = LineState.SUBMITTED;
        if (asked instanceof NewLine.Booking booking) {
            this.action = booking.action();
            this.individualId = booking.individual();
            this.scheduleId = booking.schedule();
            this.day = booking.day();
            this.absenceCode = booking.absenceCode();
        }
    }

    /** False when this very decision stands already. */
    boolean decide(LineDecision decision, Instant at) {
        LineState next = decision.outcome().state();
        if (state == next
                && Objects.equals(waitingRank, decision.rank())
                && Objects.equals(reasonCode, decision.reasonCode())
                && Objects.equals(reason, decision.reason())) {
            return false;
        }
        state = state.to(next);
        waitingRank = decision.rank();
        waitingSince = next != LineState.WAITLISTED ? null : waitingSince == null ? at : waitingSince;
        reasonCode = decision.reasonCode();
        reason = decision.reason();
        decidedAt = at;
        return true;
    }

    void withdraw() {
        state = state.to(LineState.WITHDRAWN);
        waitingSince = null;
    }

    int line() {
        return line;
    }

    LineKind kind() {
        return kind;
    }

    LineState state() {
        return state;
    }
}
