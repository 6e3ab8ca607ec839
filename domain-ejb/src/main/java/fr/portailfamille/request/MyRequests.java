package fr.portailfamille.request;

import fr.portailfamille.common.Caller;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.Page;
import fr.portailfamille.family.CallerFamilies;
import fr.portailfamille.family.Child;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The requests that the caller may see: those of the account itself and those of the families it is subscribed to. A child
 * of two households has two families; each sees its own requests only.
 */
@Stateless
@RolesAllowed("CITIZEN")
public class MyRequests {

    private static final String MINE = """
            (r.account_id = :account or r.family_id in (
                select b.family_id
                  from subscription u
                  join business_account b on b.town_id = :town and b.id = u.business_account_id and b.archived_at is null
                 where u.town_id = :town and u.account_id = :account and u.ended_at is null))""";

    @Resource
    private SessionContext context;

    @Inject
    private RequestReads reads;

    @Inject
    private CallerFamilies families;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    /** Newest first. */
    public Page<RequestRow> find(RequestCriteria criteria, int first, int size) {
        return reads.page(sight(), criteria, RequestSort.DATE, false, first, size);
    }

    /** Booking and absence lines, the latest request first; of one child, or of all where it is null. */
    public Page<RequestLineRow> lines(@Nullable Long child, int first, int size) {
        return reads.lineRows(sight(), child, first, size);
    }

    /** Whom such lines may be about. */
    public List<Child> children() {
        return families.childrenOf(caller());
    }

    /** Empty for a reference that is not there and, just so, for somebody else's. */
    public Optional<RequestDetail> detail(RequestRef ref) {
        return reads.detail(sight(), ref);
    }

    /** The detail, whose news count as seen from now on. */
    public Optional<RequestDetail> open(RequestRef ref) {
        Optional<RequestDetail> detail = detail(ref);
        detail.filter(found -> found.head().news() > 0)
                .ifPresent(found -> database.write(handle -> handle.createUpdate(
                                "update request r set unseen_events = 0 where r.town_id = :town and r.ref = :ref and "
                                        + MINE)
                        .bind("town", town.id())
                        .bind("ref", ref.value())
                        .bind("account", account())
                        .execute()));
        return detail;
    }

    /** How many requests have news: « N demandes ont évolué ». */
    public long withNews() {
        return database.read(handle -> handle.createQuery(
                        "select count(*) from request r where r.town_id = :town and r.unseen_events > 0 and " + MINE)
                .bind("town", town.id())
                .bind("account", account())
                .mapTo(long.class)
                .one());
    }

    private RequestReads.Sight sight() {
        return new RequestReads.Sight(MINE, Map.of("account", account()));
    }

    private long account() {
        return caller().id();
    }

    private Caller caller() {
        return Caller.of(context.getCallerPrincipal())
                .filter(caller -> caller.kind() == Caller.Kind.CITIZEN)
                .orElseThrow(() -> new EJBAccessException("Not a citizen account"));
    }
}
