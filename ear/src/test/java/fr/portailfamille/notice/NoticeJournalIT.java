package fr.portailfamille.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.portailfamille.common.PortalClock;
import fr.portailfamille.common.TownGate;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.container.TestCaller;
import fr.portailfamille.notice.digest.DigestDesk;
import fr.portailfamille.request.RequestRef;
import fr.portailfamille.request.RequestSubmitted;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBAccessException;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.time.Clock;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What agents see of the messages of a request, and sending one again. */
@Tag("container")
@Tag("B6")
@ExtendWith(ArquillianExtension.class)
@Timeout(180)
class NoticeJournalIT {

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource portal;

    @Resource(lookup = "java:jboss/UserTransaction")
    private UserTransaction transaction;

    @Resource(lookup = "java:jboss/TransactionSynchronizationRegistry")
    private TransactionSynchronizationRegistry registry;

    @EJB
    private TownGate gate;

    @EJB
    private DigestDesk digests;

    @Inject
    private NoticeJournal journal;

    @Inject
    private NotificationDesk desk;

    @Inject
    private TownVaults vaults;

    @Inject
    private Event<RequestSubmitted> submitted;

    @Inject
    private Clock clock;

    @Inject
    private PortalClock portalClock;

    private NoticeTown town;
    private TestCaller agent;
    private long account;
    private long request;
    private RequestRef ref;

    @AfterEach
    void setClockRight() {
        portalClock.reset();
    }

    @BeforeEach
    void acknowledgeARequest() throws Exception {
        town = new NoticeTown(owner, vaults);
        agent = TestCaller.agent(town.id(), 1, "MENU_DEMANDES");
        account = town.account("anne@avis.invalid");
        request = town.request(account, 2);
        ref = new RequestRef((String) town.value("select ref from request"));
        new BoundTransaction(transaction, registry, portal, town.id())
                .commit(() -> submitted.fire(new RequestSubmitted(town.id(), request)));
        NoticeIT.await(() -> town.count("notice where state = 'SENT'") == 1);
    }

    @Test
    void a_request_shows_its_acknowledgement_and_the_digest_that_tells_of_it() throws Exception {
        town.decide(account, request, 2, clock.instant().minusSeconds(60));
        gate.inTown(town.id(), () -> digests.tell(digests.closeNow().orElseThrow()));
        NoticeIT.await(() -> town.count("notice where state = 'SENT'") == 2);

        List<NoticeRow> rows = agent.call(() -> journal.ofRequest(ref));
        assertThat(rows)
                .extracting(NoticeRow::subject)
                .containsExactly("Accusé d'enregistrement électronique", "Accusé de traitement");
        assertThat(rows).allSatisfy(row -> {
            assertThat(row.recipient()).isEqualTo("anne@avis.invalid");
            assertThat(row.state()).isEqualTo(NoticeState.SENT);
            assertThat(row.attempts()).isOne();
            assertThat(row.repeatable()).isTrue();
        });
    }

    @Test
    void a_notice_goes_again_to_the_address_of_today_under_a_message_id_of_its_own() throws Exception {
        long notice = agent.call(() -> journal.ofRequest(ref)).get(0).id();
        town.run("update citizen_account set email = 'anne.petit@avis.invalid', email_key = 'anne.petit@avis.invalid'"
                + " where town_id = ?");
        assertThat(agent.call(() -> journal.sendAgain(ref, notice))).contains("anne.petit@avis.invalid");
        NoticeIT.await(() -> town.count("notice where state = 'SENT' and repeats = " + notice) == 1);
        assertThat(town.value("select count(distinct message_id) from notice")).isEqualTo(2L);
        assertThat(agent.call(() -> journal.ofRequest(ref)))
                .extracting(NoticeRow::recipient)
                .containsExactly("anne@avis.invalid", "anne.petit@avis.invalid");
    }

    @Test
    void a_notice_that_was_just_sent_again_is_not_sent_once_more_and_later_it_is() throws Exception {
        long notice = agent.call(() -> journal.ofRequest(ref)).get(0).id();
        assertThat(agent.call(() -> journal.sendAgain(ref, notice))).isPresent();
        NoticeIT.await(() -> town.count("notice where state = 'SENT'") == 2);
        long again = agent.call(() -> journal.ofRequest(ref)).get(1).id();

        assertThat(agent.call(() -> journal.sendAgain(ref, notice))).isEmpty();
        assertThat(agent.call(() -> journal.sendAgain(ref, again))).isEmpty();

        portalClock.startAt(clock.instant().plusSeconds(31));
        assertThat(agent.call(() -> journal.sendAgain(ref, again))).isPresent();
        assertThat(town.count("notice")).isEqualTo(3);
    }

    @Test
    void a_digest_that_is_sent_again_and_again_stays_with_its_request() throws Exception {
        town.decide(account, request, 2, clock.instant().minusSeconds(60));
        gate.inTown(town.id(), () -> digests.tell(digests.closeNow().orElseThrow()));
        NoticeIT.await(() -> town.count("notice where state = 'SENT'") == 2);
        for (int sent = 2; sent < 5; sent++) {
            List<NoticeRow> rows = agent.call(() -> journal.ofRequest(ref));
            assertThat(rows).hasSize(sent);
            long last = rows.get(sent - 1).id();
            assertThat(agent.call(() -> journal.sendAgain(ref, last))).isPresent();
            int expected = sent + 1;
            NoticeIT.await(() -> town.count("notice where state = 'SENT'") == expected);
            portalClock.startAt(clock.instant().plusSeconds(31));
        }
        assertThat(agent.call(() -> journal.ofRequest(ref)))
                .extracting(NoticeRow::subject, NoticeRow::repeated)
                .containsExactly(
                        tuple("Accusé d'enregistrement électronique", false),
                        tuple("Accusé de traitement", false),
                        tuple("Accusé de traitement", true),
                        tuple("Accusé de traitement", true),
                        tuple("Accusé de traitement", true));
    }

    @Test
    void two_agents_who_send_the_same_at_once_send_it_once() throws Exception {
        long notice = agent.call(() -> journal.ofRequest(ref)).get(0).id();
        List<Callable<Optional<String>>> both =
                Collections.nCopies(2, () -> agent.call(() -> journal.sendAgain(ref, notice)));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Optional<String>> answers = new ArrayList<>();
            for (Future<Optional<String>> each : threads.invokeAll(both)) {
                answers.add(each.get());
            }
            assertThat(answers).filteredOn(Optional::isPresent).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
        assertThat(town.count("notice")).isEqualTo(2);
    }

    @Test
    void nobody_sends_again_what_is_not_of_that_request_or_town() throws Exception {
        long notice = agent.call(() -> journal.ofRequest(ref)).get(0).id();
        town.request(account, 1);
        assertThat(agent.call(() -> journal.sendAgain(new RequestRef("2026-0000000002"), notice)))
                .isEmpty();
        NoticeTown other = new NoticeTown(owner, vaults);
        TestCaller stranger = TestCaller.agent(other.id(), 1, "MENU_DEMANDES");
        assertThat(stranger.call(() -> journal.ofRequest(ref))).isEmpty();
        assertThat(stranger.call(() -> journal.sendAgain(ref, notice))).isEmpty();
        assertThatThrownBy(() ->
                        TestCaller.agent(town.id(), 1, "MENU_NOTIFICATIONS").call(() -> journal.ofRequest(ref)))
                .isInstanceOf(EJBAccessException.class);
        assertThatThrownBy(() -> TestCaller.family(town.id(), account).call(() -> journal.ofRequest(ref)))
                .isInstanceOf(EJBAccessException.class);
        assertThat(town.count("notice")).isOne();
    }

    @Test
    @Tag("B7")
    void settings_are_of_one_town_and_change_what_the_next_receipt_says() throws Exception {
        NoticeTown other = new NoticeTown(owner, vaults);
        TestCaller here = TestCaller.agent(town.id(), 1, "MENU_NOTIFICATIONS");
        LegalMentions legal = new LegalMentions(
                "Direction de l'enfance", "enfance@ville.example", 1, LegalMentions.Silence.REFUSED, null);
        int version = here.call(desk::settings).version();
        assertThat(here.call(() -> desk.save(new NotificationSettings(
                        "Bonne rentrée", "", List.of(LocalTime.of(20, 0), LocalTime.of(7, 30)), legal, version))))
                .isTrue();
        NotificationSettings kept = here.call(desk::settings);
        assertThat(kept.legal()).isEqualTo(legal);
        assertThat(kept.digestHours()).containsExactly(LocalTime.of(7, 30), LocalTime.of(20, 0));
        assertThat(kept.receiptText()).isEqualTo("Bonne rentrée");
        assertThat(TestCaller.agent(other.id(), 1, "MENU_NOTIFICATIONS")
                        .call(desk::settings)
                        .legal())
                .isEqualTo(LegalMentions.USUAL);
        assertThat(town.count("change_log where table_name = 'notice_settings'"))
                .isEqualTo(3);

        // Another agent, who looked at them before.
        assertThat(here.call(() -> desk.save(new NotificationSettings(
                        "Autre texte", "", List.of(LocalTime.NOON), LegalMentions.USUAL, version))))
                .isFalse();
        assertThat(here.call(desk::settings)).isEqualTo(kept);
        assertThat(town.count("change_log where table_name = 'notice_settings'"))
                .isEqualTo(3);
    }
}
