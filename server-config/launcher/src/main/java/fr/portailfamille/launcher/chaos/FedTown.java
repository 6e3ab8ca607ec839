package fr.portailfamille.launcher.chaos;

import fr.portailfamille.launcher.AgentVisit;
import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.PortalApi;
import fr.portailfamille.launcher.Problem;
import fr.portailfamille.launcher.Waiting;
import fr.portailfamille.launcher.lot.AskedRequest;
import fr.portailfamille.launcher.lot.LotSeries;
import fr.portailfamille.launcher.lot.LotSeries.Lot;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One town's business application, families and agent through all {@link Episode}s. They do what they would do anyway: who
 * has no answer asks again, and nobody repairs anything.
 */
final class FedTown extends Fed {

    /** Classes of PostgreSQL's codes for a connection that ended, or never began. */
    private static final Set<String> LOST = Set.of("08", "57");

    /** About two of them a family writes a message later. */
    private static final List<AskedRequest> FETCHED = List.of(
            new AskedRequest("2026-AAAAAAAAA1", "besson", "ABSENCE", 2),
            new AskedRequest("2026-AAAAAAAAA2", "diallo", "ABSENCE", 1),
            new AskedRequest("2026-AAAAAAAAA3", "besson", "SUBSCRIPTION", 0),
            new AskedRequest("2026-AAAAAAAAA2", "diallo", "ABSENCE", 1),
            new AskedRequest("2026-AAAAAAAAA4", "moreau", "ABSENCE", 1),
            new AskedRequest("2026-AAAAAAAAA1", "besson", "ABSENCE", 2));

    private static final int FEW = 2;

    /** More than the portal acknowledges in one transaction. */
    private static final List<AskedRequest> MANY = IntStream.rangeClosed(1, 600)
            .mapToObj(n -> new AskedRequest("2026-B%09d".formatted(n), n % 2 == 0 ? "besson" : "moreau", "MESSAGE", 0))
            .toList();

    private static final List<AskedRequest> LAID_OUT = List.of(
            new AskedRequest("2026-CCCCCCCCC1", "besson", "ABSENCE", 1),
            new AskedRequest("2026-CCCCCCCCC2", "moreau", "SUBSCRIPTION", 0),
            new AskedRequest("2026-CCCCCCCCC1", "besson", "ABSENCE", 1));

    private final LocalDate day;
    private final LotSeries.Course course;
    private final TownFolder folder;
    private final Supplier<Instance> portal;
    private final Runnable revive;

    /**
     * @param exchange the portal's folder of drop folders
     * @param revive starts again what was killed
     */
    FedTown(
            String code,
            LocalDate day,
            LotSeries.Course course,
            Path exchange,
            Supplier<Instance> portal,
            Runnable revive) {
        super(code, new BusinessApplication(() -> portal.get().api(), revive));
        this.day = day;
        this.course = course;
        this.folder = new TownFolder(exchange.resolve(code));
        this.portal = portal;
        this.revive = revive;
    }

    @Override
    Map<String, String> pass(Episode episode) throws IOException {
        return switch (episode) {
            case IMPORT -> importLots();
            case REQUESTS -> fetchRequests();
            case DRY_RUN -> Map.of("dry run of " + course.tried(), application().tryOut(code(), course.tried()));
            case CONFIRMATION -> confirm();
            case FOLDER_OUT -> takeFromFolder();
            case FOLDER_IN -> dropLots();
            case CITY -> throw new IllegalArgumentException("A city is a town of its own");
        };
    }

    /** Families ask for something as soon as what they can ask for is there, and before it is decided. */
    private Map<String, String> importLots() {
        List<Lot> lots = course.lots();
        int decisions = 0;
        while (!lots.get(decisions).flow().equals("decisions")) {
            application().send(code(), lots.get(decisions));
            decisions++;
        }
        application().awaitEnd(code(), lots.subList(0, decisions));
        asOwner(owner -> FamilyRequests.transmitted(owner, code(), day));
        for (Lot lot : lots.subList(decisions, lots.size())) {
            application().send(code(), lot);
        }
        return named(application().awaitEnd(code(), lots));
    }

    private static Map<String, String> named(Map<Lot, String> states) {
        Map<String, String> named = new TreeMap<>();
        states.forEach((lot, state) -> named.put("lot " + lot, state));
        return named;
    }

    // ---- requests ------------------------------------------------------------------------------------------------

    private Map<String, String> fetchRequests() throws IOException {
        TakenRequests taken = new TakenRequests();
        asOwner(owner -> FamilyRequests.submitted(owner, code(), day, 101, FETCHED));
        fetchAll(FEW, taken);
        asOwner(owner -> FamilyRequests.submitted(owner, code(), day, 1001, MANY));
        fetchAll(MANY.size(), taken);
        return seen(taken, Stream.concat(FETCHED.stream(), MANY.stream()).toList());
    }

    /** Each lot is asked for twice before it is acknowledged. */
    private void fetchAll(int limit, TakenRequests taken) throws IOException {
        while (true) {
            PortalApi.HandedOut first = fetch(limit);
            PortalApi.HandedOut again = fetch(limit);
            if (first.status() != again.status()
                    || !first.cursor().equals(again.cursor())
                    || !Arrays.equals(first.lot(), again.lot())) {
                throw new Problem("Behind what was acknowledged came %s, then %s".formatted(told(first), told(again)));
            }
            if (first.status() == 204) {
                return;
            }
            taken.take(first.lot());
            insist(() -> portal.get().api().acknowledge(code(), first.cursor()), PortalApi.Answer::ok);
        }
    }

    private PortalApi.HandedOut fetch(int limit) {
        return insist(
                () -> portal.get().api().requests(code(), limit), lot -> lot.status() == 200 || lot.status() == 204);
    }

    private static String told(PortalApi.HandedOut lot) {
        return lot.status() + " with " + lot.lot().length + " bytes and the cursor " + lot.cursor();
    }

    private Map<String, String> takeFromFolder() throws IOException {
        TakenRequests taken = new TakenRequests();
        folder.make();
        asOwner(owner -> FamilyRequests.submitted(owner, code(), day, 2001, LAID_OUT));
        for (long end = BusinessApplication.end(); !allTaken() && System.nanoTime() < end; Waiting.aMoment()) {
            folder.takeOut(taken);
            revive.run();
        }
        return seen(taken, LAID_OUT);
    }

    private boolean allTaken() {
        AtomicBoolean all = new AtomicBoolean();
        asOwner(owner -> {
            try (PreparedStatement statement = owner.prepareStatement("""
                    select from app.dispatch_state s join app.town t on t.id = s.town_id
                     where t.code = ? and s.offered_sequence is null and s.acknowledged = s.last_position
                       and not exists (select from app.dispatch d where d.town_id = t.id and d.position is null)""")) {
                statement.setString(1, code());
                all.set(statement.executeQuery().next());
            }
        });
        return all.get();
    }

    /** Each once, in the order in which families asked. */
    private static Map<String, String> seen(TakenRequests taken, List<AskedRequest> asked) {
        Map<String, String> seen = new TreeMap<>();
        List<String> refs = asked.stream().map(AskedRequest::ref).toList();
        seen.put("requests taken", taken.refs().equals(refs) ? "each once, in order" : "otherwise: " + taken.refs());
        taken.digests().forEach((file, digest) -> seen.put("rows taken of " + file, digest));
        return seen;
    }

    // ---- the drop folder's other way -----------------------------------------------------------------------------

    private Map<String, String> dropLots() throws IOException {
        folder.make();
        folder.drop(course.last());
        for (long end = BusinessApplication.end();
                !folder.allAnswered(course.last()) && System.nanoTime() < end;
                Waiting.aMoment()) {
            revive.run();
        }
        return folder.found(course.last());
    }

    // ---- the agent -----------------------------------------------------------------------------------------------

    private Map<String, String> confirm() {
        Lot held = course.held();
        application().send(code(), held);
        String before = application().awaitEnd(code(), List.of(held)).get(held);
        insist(
                () -> {
                    if (application().state(code(), held).equals("GUARD")) {
                        AgentVisit.of(portal.get(), code(), "agent@" + code() + ".example")
                                .confirmHeldLot();
                    }
                    return application().state(code(), held);
                },
                state -> !state.equals("GUARD") && !state.equals("UNKNOWN"));
        String after = application().awaitEnd(code(), List.of(held)).get(held);
        return Map.of("lot " + held, before + ", then " + after);
    }

    // ---- patience ------------------------------------------------------------------------------------------------

    private <T> T insist(Supplier<T> question, Predicate<T> answered) {
        return application().insist(question, answered);
    }

    /** Work on the database beside the portal. */
    private interface OwnersWork {
        void on(Connection owner) throws SQLException;
    }

    private void asOwner(OwnersWork work) {
        insist(
                () -> {
                    try (Connection owner = portal.get().connectAsOwner()) {
                        work.on(owner);
                        return true;
                    } catch (SQLException e) {
                        if (!LOST.contains(String.valueOf(e.getSQLState()).substring(0, 2))) {
                            throw new IllegalStateException("The database of " + code() + " refuses", e);
                        }
                        return false;
                    }
                },
                done -> done);
    }
}
