package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import fr.portailfamille.booking.FamilyPlanning;
import fr.portailfamille.booking.TestTown;
import fr.portailfamille.document.StoredDocuments;
import fr.portailfamille.notice.BoundTransaction;
import fr.portailfamille.request.ChangeOperation;
import fr.portailfamille.request.ChangeSubject;
import fr.portailfamille.request.Decisions;
import fr.portailfamille.request.LineDecision;
import fr.portailfamille.request.NewLine;
import fr.portailfamille.request.NewRequest;
import fr.portailfamille.request.RequestOrigin;
import fr.portailfamille.request.RequestType;
import fr.portailfamille.request.Submissions;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Changes of a family's file, papers, messages and subscriptions leave like bookings do, and nothing of them lies in clear. */
@Tag("container")
@Tag("X6")
@ExtendWith(ArquillianExtension.class)
class OutgoingFilesIT {

    private static final String REQUESTS = "requests.csv";
    private static final String CHANGES = "change_lines.csv";

    @EJB
    private FamilyPlanning planning;

    @Inject
    private Submissions submissions;

    @Inject
    private StoredDocuments documents;

    @Inject
    private Decisions decisions;

    @Inject
    private Clock clock;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource portal;

    @Resource
    private UserTransaction transaction;

    @Resource
    private TransactionSynchronizationRegistry registry;

    private OutgoingScene scene;
    private OutgoingScene.Family family;
    private BoundTransaction inTown;

    @BeforeEach
    void opens() throws Exception {
        scene = new OutgoingScene(planning, clock, owner);
        family = scene.new Family();
        inTown = new BoundTransaction(transaction, registry, portal, scene.town.id());
    }

    private Submissions.Written submit(RequestType type, NewLine... lines) throws Exception {
        return submit(new NewRequest(
                UUID.randomUUID(),
                family.parent.account(),
                family.id,
                type,
                RequestOrigin.FAMILY,
                clock.instant(),
                List.of(lines)));
    }

    private Submissions.Written submit(NewRequest request) throws Exception {
        Submissions.Written[] written = new Submissions.Written[1];
        inTown.commit(() -> written[0] = submissions.submit(request));
        return written[0];
    }

    private Puller.Lot pull() throws Exception {
        return scene.puller().pull("").lot();
    }

    private NewLine iban(String was, String is) {
        return new NewLine.Change(
                ChangeOperation.CHANGE,
                ChangeSubject.FAMILY,
                scene.ref("family", family.id),
                null,
                null,
                "iban",
                was,
                is);
    }

    private NewLine allergy(String item, String field, String value) {
        return new NewLine.Change(
                ChangeOperation.ADD,
                ChangeSubject.ALLERGY,
                null,
                scene.ref("individual", family.child),
                item,
                field,
                null,
                value);
    }

    @Test
    void a_changed_value_goes_out_with_the_old_one() throws Exception {
        Submissions.Written written =
                submit(RequestType.BANK_CHANGE, iban("FR7630006000011234567890189", "FR7610107001011234567890129"));

        Puller.Lot lot = pull();

        assertThat(lot.column(REQUESTS, "kind")).containsExactly("family_change");
        assertThat(lot.rows(CHANGES))
                .containsExactly(Map.of(
                        "request_ref", written.ref().value(),
                        "line", "1",
                        "operation", "change",
                        "subject_kind", "family",
                        "subject_ref", scene.ref("family", family.id),
                        "parent_ref", "",
                        "item", "",
                        "field", "iban",
                        "old_value", "FR7630006000011234567890189",
                        "new_value", "FR7610107001011234567890129"));
        assertThat(lot.files()).doesNotContainKeys("booking_lines.csv", "uploads.csv", "messages.csv");
    }

    @Test
    void lines_of_one_item_make_one_new_row() throws Exception {
        submit(
                RequestType.HEALTH_CHANGE,
                allergy("1", "allergy", "ARACHIDE"),
                allergy("1", "note", "Trousse d'urgence, \"stylo\"\ndans le cartable"),
                allergy("2", "allergy", "LAIT"));

        List<Map<String, String>> rows = pull().rows(CHANGES);

        assertThat(rows.stream().map(row -> row.get("line") + row.get("item"))).containsExactly("11", "21", "32");
        assertThat(rows.get(1))
                .contains(
                        entry("operation", "add"),
                        entry("subject_ref", ""),
                        entry("parent_ref", scene.ref("individual", family.child)),
                        entry("old_value", ""),
                        entry("new_value", "Trousse d'urgence, \"stylo\"\ndans le cartable"));
    }

    @Test
    void values_lie_encrypted_in_their_columns() throws Exception {
        submit(RequestType.BANK_CHANGE, iban("FR7630006000011234567890189", "FR7610107001011234567890129"));

        assertThat(scene.town.texts("select c::text from change_line c where town_id = ?"))
                .singleElement()
                .asString()
                .doesNotContain("FR76")
                .doesNotContain(HexFormat.of().formatHex("FR76".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void a_paper_goes_out_with_its_bytes_and_their_hash() throws Exception {
        byte[] content = new byte[(2 << 20) + 17];
        new Random(5).nextBytes(content);
        Submissions.Written[] written = new Submissions.Written[1];
        inTown.commit(() -> written[0] = submissions.submit(new NewRequest(
                UUID.randomUUID(),
                family.parent.account(),
                family.id,
                RequestType.DOCUMENT,
                RequestOrigin.AGENT,
                clock.instant(),
                List.of(new NewLine.Upload(
                        "ASSURANCE",
                        scene.ref("individual", family.child),
                        "Attestation d'assurance.PDF",
                        documents.store(new ByteArrayInputStream(content)),
                        "La nouvelle")),
                "Déposée au guichet",
                "Merci")));

        Puller.Lot lot = pull();

        String name = "documents/" + written[0].ref() + "-1.pdf";
        assertThat(lot.rows("uploads.csv"))
                .containsExactly(Map.of(
                        "request_ref",
                        written[0].ref().value(),
                        "line",
                        "1",
                        "type_ref",
                        "ASSURANCE",
                        "subject_ref",
                        scene.ref("individual", family.child),
                        "file_name",
                        "Attestation d'assurance.PDF",
                        "document",
                        name,
                        "sha256",
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(content)),
                        "comment",
                        "La nouvelle"));
        assertThat(lot.files().get(name)).isEqualTo(content);
        assertThat(lot.rows(REQUESTS).get(0))
                .contains(
                        entry("kind", "document"),
                        entry("origin", "agent"),
                        entry("agent_reason", "Déposée au guichet"),
                        entry("comment", "Merci"));
        assertThat(scene.town.number(
                        "select count(*) from document_chunk where town_id = ? and position(? in bytes) > 0",
                        java.util.Arrays.copyOf(content, 32)))
                .isZero();
    }

    @Test
    void lines_of_every_kind_are_transmitted_withdrawn_and_decided_alike() throws Exception {
        Submissions.Written written = submit(
                RequestType.HEALTH_CHANGE,
                allergy("1", "allergy", "LAIT"),
                allergy("2", "allergy", "OEUF"),
                allergy("3", "allergy", "SOJA"));
        Puller puller = scene.puller();
        puller.acknowledge(puller.pull("").nextCursor());
        assertThat(states()).containsOnly("TRANSMITTED");

        inTown.commit(() -> submissions.withdraw(written.id(), 3));
        inTown.commit(() -> assertThat(decisions.record(List.of(
                        LineDecision.accepted(written.id(), 1),
                        LineDecision.refused(written.id(), 2, "JUSTIF", "Certificat manquant"))))
                .containsOnly(Decisions.Effect.APPLIED));

        assertThat(states()).containsExactly("ACCEPTED", "REFUSED", "WITHDRAWN");
        assertThat(scene.town.texts("select state || ' ' || decided_count from request where town_id = ?"))
                .containsExactly("PARTLY_ACCEPTED 3");
        Puller.Lot lot = puller.pull("").lot();
        assertThat(lot.rows(REQUESTS).get(0))
                .contains(
                        entry("operation", "withdraw"),
                        entry("withdraws_ref", written.ref().value()));
        assertThat(lot.rows(CHANGES).get(0)).contains(entry("line", "3"), entry("new_value", "SOJA"));
        assertThat(lot.rows(REQUESTS))
                .as("what it decided itself is no news to it")
                .hasSize(1);
    }

    private List<String> states() {
        return scene.town.texts("select state from request_line where town_id = ? order by line");
    }

    @Test
    void what_the_portal_decides_later_goes_out_as_an_update() throws Exception {
        String ref = family.book(family.cell(scene.decidedThere), family.cell(scene.decidedThere));
        long request = Long.parseLong(scene.town
                .texts("select id::text from request where town_id = ?")
                .get(0));
        inTown.commit(() -> decisions.recordOurs(
                List.of(LineDecision.accepted(request, 1), LineDecision.refused(request, 2, "FULL", "Complet"))));

        Puller puller = scene.puller();
        Puller.Answer first = puller.pull("");
        Puller.Answer second = puller.pullAfter(first.nextCursor(), 500);

        assertThat(first.lot().column("booking_lines.csv", "outcome")).containsExactly("pending", "pending");
        assertThat(second.lot().rows(REQUESTS)).hasSize(1);
        assertThat(second.lot().rows(REQUESTS).get(0))
                .contains(entry("request_ref", ref), entry("operation", "update"), entry("origin", "portal"));
        assertThat(second.lot().column("booking_lines.csv", "outcome")).containsExactly("accepted", "refused");
        assertThat(second.lot().rows("booking_lines.csv").get(1))
                .contains(entry("reason_code", "FULL"), entry("reason", "Complet"));
    }

    @Test
    void messages_and_subscriptions_go_out() throws Exception {
        Submissions.Written written = submit(RequestType.BANK_CHANGE, iban("", "FR7610107001011234567890129"));
        inTown.commit(() -> submissions.message(written.id(), "Le RIB suit, \"par courrier\""));
        inTown.commit(() -> submissions.submitForTown(
                family.parent.account(), RequestType.SUBSCRIPTION, "0123456789", clock.instant()));

        Puller puller = scene.puller();
        Puller.Answer first = puller.pull("");
        Puller.Lot second = puller.pullAfter(first.nextCursor(), 500).lot();

        assertThat(second.column(REQUESTS, "operation")).containsExactly("update", "new");
        assertThat(second.column(REQUESTS, "kind")).containsExactly("family_change", "subscription");
        assertThat(second.column(REQUESTS, "comment")).containsExactly("", "0123456789");
        assertThat(second.column("messages.csv", "text")).containsExactly("Le RIB suit, \"par courrier\"");
        assertThat(second.column("messages.csv", "request_ref"))
                .containsExactly(written.ref().value());
    }

    @Test
    void a_subscription_that_the_business_application_accepts_is_made() throws Exception {
        String code = scene.town
                .texts("select account_code from business_account where town_id = ?")
                .get(0);
        TestTown.Parent newcomer = scene.town.parent();
        inTown.commit(
                () -> submissions.submitForTown(newcomer.account(), RequestType.SUBSCRIPTION, code, clock.instant()));
        Puller puller = scene.puller();
        Puller.Answer fetched = puller.pull("");
        puller.acknowledge(fetched.nextCursor());
        String subscribed =
                "select count(*) from subscription where town_id = ? and account_id = ? and ended_at is null";
        assertThat(scene.town.number(subscribed, newcomer.account())).isZero();

        puller.apply(TestLot.delta(scene.code(), "decisions", 1)
                .file(
                        "decisions.csv",
                        "request_ref,line,decision,decided_at",
                        fetched.lot().column(REQUESTS, "request_ref").get(0)
                                + ",1,accepted,2026-11-20T07:44:00+01:00"));

        assertThat(scene.town.number(subscribed, newcomer.account())).isEqualTo(1);
        assertThat(scene.town.texts(
                        "select proof from subscription where town_id = ? and account_id = ?", newcomer.account()))
                .containsExactly("AGENT");
        assertThat(scene.town.texts("select state from request where town_id = ?"))
                .containsExactly("ACCEPTED");
    }

    @Test
    void what_rolls_back_was_never_said() throws Exception {
        inTown.rollBack(() -> submissions.submit(new NewRequest(
                UUID.randomUUID(),
                family.parent.account(),
                family.id,
                RequestType.BANK_CHANGE,
                RequestOrigin.FAMILY,
                clock.instant(),
                List.of(iban("", "FR7610107001011234567890129")))));

        assertThat(scene.puller().pull("").status()).isEqualTo(204);
    }
}
