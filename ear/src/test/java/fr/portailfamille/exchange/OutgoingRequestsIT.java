package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import fr.portailfamille.booking.CellId;
import fr.portailfamille.booking.FamilyPlanning;
import fr.portailfamille.booking.Wish;
import fr.portailfamille.notice.BoundTransaction;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What families ask for leaves over HTTP, once, whole and in order. */
@Tag("container")
@Tag("X6")
@ExtendWith(ArquillianExtension.class)
class OutgoingRequestsIT {

    private static final String REQUESTS = "requests.csv";
    private static final String LINES = "booking_lines.csv";

    @EJB
    private FamilyPlanning planning;

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

    private OutgoingScene scene() throws Exception {
        return new OutgoingScene(planning, clock, owner);
    }

    @Test
    void a_request_goes_out_with_who_asked_and_each_of_its_lines() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        CellId there = family.cell(scene.decidedThere);
        CellId here = family.cell(scene.decidedHere);
        String ref = family.book(there, here);

        Puller.Lot lot = scene.puller().pull("").lot();

        assertThat(lot.rows(REQUESTS)).hasSize(1);
        assertThat(lot.rows(REQUESTS).get(0))
                .contains(
                        entry("request_ref", ref),
                        entry("kind", "booking"),
                        entry("operation", "new"),
                        entry("withdraws_ref", ""),
                        entry("origin", "family"),
                        entry("family_ref", scene.ref("family", family.id)),
                        entry("civility", "MME"),
                        entry("last_name", "ADERNO"),
                        entry("first_name", "Maéva"),
                        entry("comment", ""));
        assertThat(lot.rows(REQUESTS).get(0).get("submitted_at"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+0[12]:00");
        assertThat(lot.rows(REQUESTS).get(0).get("account_code")).startsWith("C");
        assertThat(lot.rows(REQUESTS).get(0).get("email")).endsWith("@famille.invalid");
        String child = scene.ref("individual", family.child);
        assertThat(lot.rows(LINES))
                .containsExactly(
                        line(ref, 1, child, scene.ref("schedule", scene.decidedThere), there, "book", "pending"),
                        line(ref, 2, child, scene.ref("schedule", scene.decidedHere), here, "book", "accepted"));
    }

    private static Map<String, String> line(
            String ref, int line, String child, String schedule, CellId cell, String action, String outcome) {
        return Map.of(
                "request_ref", ref,
                "line", Integer.toString(line),
                "individual_ref", child,
                "schedule_ref", schedule,
                "date", cell.day().toString(),
                "action", action,
                "reason_code", "",
                "reason", "",
                "outcome", outcome);
    }

    @Test
    void an_absence_bears_the_reason_that_the_family_chose() throws Exception {
        OutgoingScene scene = scene();
        scene.town.write(
                "insert into code (town_id, list, code, label) values (?, 'absence_reason', 'MAL', 'Maladie')");
        OutgoingScene.Family family = scene.new Family();
        CellId cell = family.cell(scene.decidedHere);
        family.book(cell);
        family.submit(Wish.toCancel(cell, "MAL"));

        List<Map<String, String>> lines = scene.puller().pull("").lot().rows(LINES);

        assertThat(lines.get(1))
                .contains(entry("action", "cancel"), entry("reason_code", "MAL"), entry("outcome", "accepted"));
    }

    @Test
    void the_manifest_says_what_is_in_the_lot() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        family.book(family.cell(scene.decidedThere));

        Puller puller = scene.puller();
        Puller.Answer answer = puller.pull("");
        JsonObject manifest = answer.lot().manifest();

        assertThat(manifest.getString("format")).isEqualTo("enfance-exchange/1");
        assertThat(manifest.getString("town")).isEqualTo(scene.code());
        assertThat(manifest.getString("flow")).isEqualTo("requests");
        assertThat(manifest.getString("mode")).isEqualTo("delta");
        assertThat(manifest.getInt("sequence")).isEqualTo(1);
        assertThat(manifest.getString("nextCursor")).isEqualTo(answer.nextCursor());
        for (JsonObject file : manifest.getJsonArray("files").getValuesAs(JsonObject.class)) {
            byte[] content = answer.lot().files().get(file.getString("name"));
            assertThat(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content)))
                    .isEqualTo(file.getString("sha256"));
            assertThat(answer.lot().rows(file.getString("name"))).hasSize(file.getInt("rows"));
        }
        family.book(family.cell(scene.decidedThere));
        assertThat(puller.pullAfter(answer.nextCursor(), 500).lot().manifest().getInt("sequence"))
                .isEqualTo(2);
    }

    @Test
    void a_withdrawal_goes_out_under_its_own_reference_behind_the_request() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        CellId kept = family.cell(scene.decidedThere);
        CellId withdrawn = family.cell(scene.decidedThere);
        String ref = family.book(kept, withdrawn);
        assertThat(family.withdraw(withdrawn)).isTrue();

        Puller.Lot lot = scene.puller().pull("").lot();

        assertThat(lot.column(REQUESTS, "operation")).containsExactly("new", "withdraw");
        assertThat(lot.column(REQUESTS, "withdraws_ref")).containsExactly("", ref);
        String own = lot.column(REQUESTS, "request_ref").get(1);
        assertThat(own).isNotEqualTo(ref).matches("\\d{4}-[0-9A-HJKMNP-TV-Z]{10}");
        assertThat(lot.rows(LINES).get(2))
                .contains(
                        entry("request_ref", own),
                        entry("line", "2"),
                        entry("date", withdrawn.day().toString()),
                        entry("outcome", "pending"));
    }

    @Test
    void acknowledged_lines_that_wait_are_transmitted_and_the_history_tells_once() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        CellId withdrawn = family.cell(scene.decidedThere);
        family.book(family.cell(scene.decidedThere), family.cell(scene.decidedHere), withdrawn);
        family.withdraw(withdrawn);
        Puller puller = scene.puller();
        String cursor = puller.pull("").nextCursor();
        assertThat(states(scene)).containsExactly("SUBMITTED", "ACCEPTED", "WITHDRAWN");

        assertThat(puller.acknowledge(cursor).json().getInt("requests")).isEqualTo(2);
        assertThat(puller.acknowledge(cursor).json().getInt("requests")).isZero();

        assertThat(states(scene)).containsExactly("TRANSMITTED", "ACCEPTED", "WITHDRAWN");
        assertThat(scene.town.texts("select kind from request_event where town_id = ? order by id"))
                .containsExactly("SUBMITTED", "ACCEPTED", "WITHDRAWN", "TRANSMITTED");
        assertThat(scene.town.texts("select state from request where town_id = ?"))
                .containsExactly("IN_PROGRESS");
    }

    private static List<String> states(OutgoingScene scene) {
        return scene.town.texts("select state from request_line where town_id = ? order by request_id, line");
    }

    @Test
    void an_older_cursor_gives_the_same_bytes_again_whatever_happened_since() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        CellId cell = family.cell(scene.decidedThere);
        String first = family.book(cell);
        Puller puller = scene.puller();
        Puller.Answer one = puller.pullAfter("0", 10);
        family.withdraw(cell);
        family.book(family.cell(scene.decidedHere));
        scene.town.write("update citizen_account set last_name = 'AUTRE' where town_id = ?");
        Puller.Answer two = puller.pullAfter(one.nextCursor(), 10);
        puller.acknowledge(two.nextCursor());

        assertThat(puller.pullAfter("0", 10).body()).isEqualTo(one.body());
        assertThat(puller.pullAfter("0", 10).nextCursor()).isEqualTo(one.nextCursor());
        assertThat(puller.pullAfter(one.nextCursor(), 10).body()).isEqualTo(two.body());
        assertThat(one.lot().column(REQUESTS, "request_ref")).containsExactly(first);
        assertThat(two.lot().column(REQUESTS, "operation")).containsExactly("withdraw", "new");
    }

    @Test
    void without_a_cursor_it_goes_on_behind_what_was_acknowledged() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        Puller puller = scene.puller();
        assertThat(puller.pull("").status()).isEqualTo(204);
        assertThat(puller.pull("").nextCursor()).isEqualTo("0");
        family.book(family.cell(scene.decidedThere));
        Puller.Answer first = puller.pull("");
        assertThat(puller.pull("").body()).as("a crash between pull and ack").isEqualTo(first.body());

        puller.acknowledge(first.nextCursor());

        assertThat(puller.pull("").status()).isEqualTo(204);
        assertThat(puller.pull("").nextCursor()).isEqualTo(first.nextCursor());
        String later = family.book(family.cell(scene.decidedThere));
        assertThat(puller.pull("").lot().column(REQUESTS, "request_ref")).containsExactly(later);
    }

    @Test
    void what_commits_late_is_not_lost() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family slow = scene.new Family();
        OutgoingScene.Family quick = scene.new Family();
        // Another day than the slow one's: its places are locked.
        quick.nextDay();
        Puller puller = scene.puller();
        String[] early = new String[1];
        Puller.Answer[] between = new Puller.Answer[1];
        new BoundTransaction(transaction, registry, portal, scene.town.id()).commit(() -> {
            early[0] = slow.book(slow.cell(scene.decidedThere));
            Thread other = new Thread(() -> {
                try {
                    quick.book(quick.cell(scene.decidedThere));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            other.start();
            other.join();
            between[0] = puller.pull("");
            puller.acknowledge(between[0].nextCursor());
        });

        assertThat(between[0].lot().rows(REQUESTS)).hasSize(1);
        assertThat(between[0].lot().column(REQUESTS, "request_ref")).doesNotContain(early[0]);
        assertThat(puller.pull("").lot().column(REQUESTS, "request_ref")).containsExactly(early[0]);
    }

    @ParameterizedTest
    @CsvSource({
        "?after=nonsense, 422, BAD_CURSOR",
        "?after=1763624640000001-42, 422, BAD_CURSOR",
        "?after=1-0123456789ab, 404, UNKNOWN_CURSOR",
        "?limit=0, 422, BAD_LIMIT",
        "?limit=5001, 422, BAD_LIMIT",
        "?limit=viele, 422, BAD_LIMIT"
    })
    void refuses_what_it_cannot_serve(String query, int status, String code) throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        family.book(family.cell(scene.decidedThere));

        Puller.Answer answer = scene.puller().pull(query);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void acknowledges_only_what_was_handed_out_and_never_goes_back() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        for (int i = 0; i < 3; i++) {
            family.book(family.cell(scene.decidedThere));
        }
        Puller puller = scene.puller();
        String first = puller.pullAfter("0", 1).nextCursor();
        String second = puller.pullAfter(first, 1).nextCursor();
        assertThat(puller.acknowledge(second).status()).isEqualTo(200);

        assertThat(puller.acknowledge(first).code()).isEqualTo("OLDER_CURSOR");
        assertThat(puller.acknowledge(first).status()).isEqualTo(409);
        assertThat(puller.acknowledge("3" + second.substring(1)).code()).isEqualTo("UNKNOWN_CURSOR");
        assertThat(puller.acknowledge("x").code()).isEqualTo("BAD_CURSOR");
        assertThat(puller.acknowledgeWith("[]").code()).isEqualTo("BAD_JSON");
        assertThat(puller.acknowledgeWith("{\"cursor\": 3}").code()).isEqualTo("BAD_JSON");
        assertThat(scene.town.number("select acknowledged from dispatch_state where town_id = ?"))
                .isEqualTo(2);
    }

    @Test
    void another_town_s_key_sees_nothing_and_its_cursors_mean_nothing() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        family.book(family.cell(scene.decidedThere));
        OutgoingScene elsewhere = scene();
        Puller own = scene.puller();
        Puller foreign = elsewhere.puller();

        assertThat(foreign.pull("").status()).isEqualTo(204);
        String cursor = own.pull("").nextCursor();
        assertThat(foreign.pullAfter(cursor, 1).code()).isEqualTo("UNKNOWN_CURSOR");
        assertThat(foreign.acknowledge(cursor).code()).isEqualTo("UNKNOWN_CURSOR");
        String key = UUID.randomUUID().toString();
        assertThat(new Puller(System.getenv("PORTAIL_BASE_URL"), scene.code(), key)
                        .pull("")
                        .status())
                .isEqualTo(401);
        assertThat(own.at(elsewhere.code()).pull("").code()).isEqualTo("FORBIDDEN");
        assertThat(own.at(elsewhere.code()).acknowledge("0").code()).isEqualTo("FORBIDDEN");
    }

    @Test
    void thousands_leave_in_pages_and_are_acknowledged_to_the_last() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        family.book(family.cell(scene.decidedThere));
        scene.town.write("""
                with asked as (
                    insert into request (town_id, id, ref, account_id, kind, type, operation, origin, state, line_count,
                                         submitted_at, submission_key)
                    select r.town_id, nextval('request_seq'), '2026-' || lpad(n::text, 10, '0'), r.account_id, 'MESSAGE',
                           'CONTACT', 'NEW', 'FAMILY', 'IN_PROGRESS', 0, r.submitted_at, gen_random_uuid()
                      from request r, generate_series(1, 1234) n where r.town_id = ?
                    returning town_id, id, ref, submitted_at)
                insert into dispatch (town_id, id, request_id, ref, operation, civility, last_name, first_name, email, at)
                select town_id, nextval('dispatch_seq'), id, ref, 'NEW', 'M', 'ADERNO', 'Noé', 'n@famille.invalid', submitted_at
                  from asked order by ref""");

        Puller puller = scene.puller();
        Puller.Answer answer = puller.pullAfter("0", 5_000);

        assertThat(answer.lot().column(REQUESTS, "request_ref"))
                .hasSize(1_235)
                .doesNotHaveDuplicates()
                .endsWith("2026-0000001234");
        assertThat(puller.acknowledge(answer.nextCursor()).json().getInt("requests"))
                .isEqualTo(1_235);
        assertThat(scene.town.number("select count(*) from request_event where town_id = ? and kind = 'TRANSMITTED'"))
                .isEqualTo(1_235);
    }

    @Test
    void each_new_lot_is_a_line_of_the_runs_and_nothing_new_is_none() throws Exception {
        OutgoingScene scene = scene();
        OutgoingScene.Family family = scene.new Family();
        Puller puller = scene.puller();
        puller.pull("");
        family.book(family.cell(scene.decidedThere));
        family.book(family.cell(scene.decidedThere));
        puller.pull("");
        puller.pull("");

        assertThat(scene.town.texts(
                        "select type || ' ' || result || ' ' || received from processing_run where town_id = ?"))
                .containsExactly("EXPORT_REQUESTS DONE 2");
    }
}
