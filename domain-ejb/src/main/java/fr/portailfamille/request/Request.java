package fr.portailfamille.request;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OrderBy;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a family sent in one go. Its state and counts follow from its lines. */
@Entity
@Table(name = "request")
@IdClass(RequestId.class)
class Request {

    @Id
    @Column(name = "town_id")
    private int townId;

    @Id
    private long id;

    private String ref;

    @Column(name = "account_id")
    private long accountId;

    @Column(name = "family_id")
    private @Nullable Long familyId;

    private String kind;

    @Enumerated(EnumType.STRING)
    private RequestType type;

    private String operation;

    @Enumerated(EnumType.STRING)
    private RequestOrigin origin;

    @Column(name = "agent_reason")
    private @Nullable String agentReason;

    private @Nullable String comment;

    @Enumerated(EnumType.STRING)
    private RequestState state;

    @Column(name = "line_count")
    private int lineCount;

    @Column(name = "decided_count")
    private int decidedCount;

    @Column(name = "unseen_events")
    private int unseenEvents;

    @Column(name = "submitted_at")
    private Instant submittedAt;

    @Column(name = "submission_key")
    private UUID submissionKey;

    @Version
    private int version;

    @OneToMany(mappedBy = "request", cascade = CascadeType.PERSIST)
    @OrderBy("line")
    private List<RequestLine> lines = new ArrayList<>();

    protected Request() {}

    Request(int town, long id, RequestRef ref, NewRequest asked) {
        this.townId = town;
        this.id = id;
        this.ref = ref.value();
        this.accountId = asked.account();
        this.familyId = asked.family();
        this.type = asked.type();
        this.kind = asked.type().kind();
        this.operation = "NEW";
        this.origin = asked.origin();
        this.agentReason = asked.agentReason();
        this.comment = asked.comment();
        this.submittedAt = asked.at();
        this.submissionKey = asked.key();
        for (NewLine line : asked.lines()) {
            lines.add(new RequestLine(this, town, id, lines.size() + 1, line));
        }
        this.lineCount = lines.size();
        derive();
    }

    /**
     * Decides one line. What the family has not seen happen counts as news.
     *
     * @return false when nothing changed: the same was decided before, or the line was withdrawn
     */
    boolean decide(LineDecision decision, Instant at, boolean inSightOfFamily) {
        RequestLine line = line(decision.line());
        if (line.state() == LineState.WITHDRAWN || !line.decide(decision, at)) {
            return false;
        }
        if (!inSightOfFamily) {
            unseenEvents++;
        }
        derive();
        return true;
    }

    /** The family takes back what was not decided yet. */
    void withdraw(int line) {
        line(line).withdraw();
        derive();
    }

    private void derive() {
        List<LineState> states = lines.stream().map(RequestLine::state).toList();
        state = RequestState.of(states);
        decidedCount = (int) states.stream().filter(each -> !each.open()).count();
    }

    RequestLine line(int number) {
        if (number < 1 || number > lines.size()) {
            throw new IllegalArgumentException("Request " + ref + " has no line " + number);
        }
        return lines.get(number - 1);
    }

    long id() {
        return id;
    }

    String ref() {
        return ref;
    }

    long accountId() {
        return accountId;
    }

    RequestState state() {
        return state;
    }

    int decidedCount() {
        return decidedCount;
    }

    int unseenEvents() {
        return unseenEvents;
    }

    List<RequestLine> lines() {
        return List.copyOf(lines);
    }
}
