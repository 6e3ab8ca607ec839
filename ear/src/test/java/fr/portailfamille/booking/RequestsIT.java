package fr.portailfamille.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.activity.HolidayRegion;
import fr.portailfamille.activity.PublicHolidays;
import fr.portailfamille.booking.TestTown.Parent;
import fr.portailfamille.common.Page;
import fr.portailfamille.container.TestCaller;
import fr.portailfamille.notice.BoundTransaction;
import fr.portailfamille.request.Decisions;
import fr.portailfamille.request.EventKind;
import fr.portailfamille.request.LineDecision;
import fr.portailfamille.request.MyRequests;
import fr.portailfamille.request.RequestCriteria;
import fr.portailfamille.request.RequestDesk;
import fr.portailfamille.request.RequestDetail;
import fr.portailfamille.request.RequestRef;
import fr.portailfamille.request.RequestRow;
import fr.portailfamille.request.RequestSort;
import fr.portailfamille.request.RequestState;
import fr.portailfamille.request.RequestType;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that wait for the business application: decided by sets, read by families and agents. */
@Tag("container")
@Tag("P4")
@Tag("P10")
@Tag("B6")
@ExtendWith(ArquillianExtension.class)
class RequestsIT {

    @EJB
    private FamilyPlanning planning;

    @EJB
    private MyRequests mine;

    @EJB
    private RequestDesk desk;

    @Inject
    private Decisions decisions;

    @Inject
    private Clock clock;

    @Resource
    private UserTransaction transaction;

    @Resource
    private TransactionSynchronizationRegistry registry;

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource portal;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Test
    void decisions_of_the_business_application_move_lines_request_history_and_digest() throws Exception {
        Family family = new Family();
        long request = family.ask(3);

        List<Decisions.Effect> effects = family.decide(
                LineDecision.accepted(request, 1),
                LineDecision.refused(request, 2, "AGE", "Trop jeune pour cette sortie."),
                LineDecision.accepted(request, 9),
                LineDecision.accepted(request + 1_000_000, 1));

        assertThat(effects)
                .containsExactly(
                        Decisions.Effect.APPLIED,
                        Decisions.Effect.APPLIED,
                        Decisions.Effect.UNKNOWN_LINE,
                        Decisions.Effect.UNKNOWN_LINE);
        assertThat(family.town.texts(
                        "select state || ' ' || decided_count || ' ' || unseen_events from request where town_id = ?"))
                .containsExactly("IN_PROGRESS 2 2");
        assertThat(family.town.texts("select outcome from decision where town_id = ? order by line"))
                .containsExactly("ACCEPTED", "REFUSED");
        assertThat(family.detail().history().stream().map(RequestDetail.Entry::kind))
                .containsExactly(EventKind.SUBMITTED, EventKind.ACCEPTED, EventKind.REFUSED);
    }

    @Test
    void the_same_decision_again_is_no_second_one_to_tell_and_another_one_is() throws Exception {
        Family family = new Family();
        long request = family.ask(1);
        family.decide(LineDecision.accepted(request, 1));

        assertThat(family.decide(LineDecision.accepted(request, 1))).containsExactly(Decisions.Effect.UNCHANGED);
        assertThat(family.town.number("select count(*) from decision where town_id = ?"))
                .isEqualTo(1);

        assertThat(family.decide(LineDecision.refused(request, 1, "X", "Erreur de saisie.")))
                .containsExactly(Decisions.Effect.APPLIED);
        assertThat(family.town.number("select count(*) from decision where town_id = ?"))
                .isEqualTo(2);
    }

    @Test
    void a_line_that_the_family_withdrew_stays_withdrawn() throws Exception {
        Family family = new Family();
        long request = family.ask(1);
        family.parent.caller().call(() -> planning.withdraw(family.cells.get(0)));

        assertThat(family.decide(LineDecision.accepted(request, 1))).containsExactly(Decisions.Effect.WITHDRAWN);
    }

    @Test
    void hundreds_of_lines_are_decided_in_one_go() throws Exception {
        Family family = new Family();
        long request = family.ask(60);
        List<LineDecision> all = new ArrayList<>();
        for (int line = 1; line <= 60; line++) {
            all.add(LineDecision.accepted(request, line));
        }

        assertThat(family.decide(all.toArray(LineDecision[]::new))).containsOnly(Decisions.Effect.APPLIED);

        assertThat(family.town.texts("select state from request where town_id = ?"))
                .containsExactly("ACCEPTED");
    }

    @Test
    void opening_a_request_is_seeing_its_news() throws Exception {
        Family family = new Family();
        long request = family.ask(1);
        family.decide(LineDecision.accepted(request, 1));
        assertThat(family.parent.caller().call(() -> mine.withNews())).isEqualTo(1);

        RequestDetail seen =
                family.parent.caller().call(() -> mine.open(family.ref())).orElseThrow();

        assertThat(seen.head().news()).isEqualTo(1);
        assertThat(family.parent.caller().call(() -> mine.withNews())).isZero();
    }

    @Test
    void each_family_sees_its_own_requests_and_no_other() throws Exception {
        Family family = new Family();
        family.ask(1);
        Parent partner = family.town.parent(family.family);
        Parent stranger = family.town.parent(family.town.family());

        assertThat(partner.caller()
                        .call(() -> mine.find(RequestCriteria.ALL, 0, 10))
                        .total())
                .isEqualTo(1);
        assertThat(partner.caller().call(() -> mine.lines(null, 0, 10)).rows()).hasSize(1);
        assertThat(stranger.caller()
                        .call(() -> mine.find(RequestCriteria.ALL, 0, 10))
                        .total())
                .isZero();
        assertThat(stranger.caller().call(() -> mine.lines(family.child, 0, 10)).rows())
                .isEmpty();
        assertThat(stranger.caller().call(() -> mine.open(family.ref()))).isEmpty();
    }

    @Test
    void agents_find_requests_by_what_they_know_of_them() throws Exception {
        Family family = new Family();
        family.ask(2);
        TestCaller agent = TestCaller.agent(family.town.id(), 1, "MENU_DEMANDES");

        assertThat(found(agent, criteria(family.ref().value().substring(5, 9), null, null, null)))
                .hasSize(1);
        assertThat(found(agent, criteria(null, "aderno mae", null, null))).hasSize(1);
        assertThat(found(agent, criteria(null, "Dupont", null, null))).isEmpty();
        assertThat(found(agent, criteria(null, null, "@FAMILLE.invalid", null))).hasSize(1);
        assertThat(found(agent, criteria(null, null, null, RequestType.ABSENCE)))
                .isEmpty();
        // A percent sign is a character, not a wildcard.
        assertThat(found(agent, criteria(null, null, "%", null))).isEmpty();
        RequestRow row = found(agent, RequestCriteria.of(RequestType.BOOKING, RequestState.IN_PROGRESS))
                .get(0);
        assertThat(row.lines()).isEqualTo(2);
        assertThat(row.days()).isZero();
        assertThat(agent.call(() -> desk.detail(family.ref())).orElseThrow().lines())
                .hasSize(2);
    }

    @Test
    void every_sort_order_gives_every_row_once() throws Exception {
        Family family = new Family();
        for (int i = 0; i < 7; i++) {
            family.ask(1);
        }
        TestCaller agent = TestCaller.agent(family.town.id(), 1, "MENU_DEMANDES");
        for (RequestSort sort : RequestSort.values()) {
            List<RequestRef> refs = new ArrayList<>();
            for (int first = 0; first < 7; first += 3) {
                int from = first;
                Page<RequestRow> page = agent.call(() -> desk.find(RequestCriteria.ALL, sort, true, from, 3));
                assertThat(page.total()).isEqualTo(7);
                page.rows().forEach(row -> refs.add(row.ref()));
            }
            assertThat(refs).as(sort.name()).hasSize(7).doesNotHaveDuplicates();
        }
    }

    @Test
    void an_agent_of_another_town_finds_nothing_and_a_family_does_not_enter() throws Exception {
        Family family = new Family();
        family.ask(1);
        TestTown elsewhere = TestTown.open(owner);

        assertThat(found(TestCaller.agent(elsewhere.id(), 1, "MENU_DEMANDES"), RequestCriteria.ALL))
                .isEmpty();
        assertThat(TestCaller.agent(elsewhere.id(), 1, "MENU_DEMANDES").call(() -> desk.detail(family.ref())))
                .isEmpty();
        assertThatThrownBy(() -> found(family.parent.caller(), RequestCriteria.ALL))
                .isInstanceOf(EJBAccessException.class);
    }

    private List<RequestRow> found(TestCaller agent, RequestCriteria criteria) throws Exception {
        return agent.call(() -> desk.find(criteria, RequestSort.DATE, false, 0, 20))
                .rows();
    }

    private static RequestCriteria criteria(String ref, String account, String email, RequestType type) {
        return new RequestCriteria(ref, account, email, type, null, null, null);
    }

    /** A family whose bookings the business application decides. */
    private final class Family {
        private final TestTown town;
        private final long schedule;
        private final long family;
        private final long child;
        private final Parent parent;
        private final List<CellId> cells = new ArrayList<>();
        private LocalDate next = LocalDate.now(clock).plusWeeks(2).with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));

        Family() throws Exception {
            town = TestTown.open(owner);
            schedule = town.schedule(town.activity("Mercredi", "BUSINESS"), null);
            family = town.family();
            child = town.child(family);
            parent = town.parent(family);
            town.register(child, family, schedule);
            town.write("update schedule set weekdays = '1234567' where town_id = ?");
        }

        /** One request of so many days. */
        long ask(int days) throws Exception {
            List<Wish> wishes = new ArrayList<>();
            while (wishes.size() < days) {
                LocalDate day = next;
                next = next.plusDays(1);
                CellId cell = new CellId(child, schedule, day);
                if (PublicHolidays.of(HolidayRegion.METROPOLE).on(day).isEmpty()) {
                    cells.add(cell);
                    wishes.add(Wish.toBook(cell));
                }
            }
            Answer answer = parent.caller().call(() -> planning.submit(UUID.randomUUID(), clock.instant(), wishes));
            assertThat(answer.decisions()).containsOnly(new Decision.Pending());
            return Long.parseLong(town.texts(
                            "select id::text from request where town_id = ? and ref = ?",
                            answer.request().orElseThrow().value())
                    .get(0));
        }

        List<Decisions.Effect> decide(LineDecision... made) throws Exception {
            List<Decisions.Effect> effects = new ArrayList<>();
            new BoundTransaction(transaction, registry, portal, town.id())
                    .commit(() -> effects.addAll(decisions.record(List.of(made))));
            return effects;
        }

        RequestRef ref() {
            return new RequestRef(
                    town.texts("select ref from request where town_id = ?").get(0));
        }

        RequestDetail detail() throws Exception {
            return parent.caller().call(() -> mine.detail(ref())).orElseThrow();
        }
    }
}
