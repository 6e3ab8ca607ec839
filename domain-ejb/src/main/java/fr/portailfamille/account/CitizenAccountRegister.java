package fr.portailfamille.account;

import fr.portailfamille.common.ChangeLog;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.GridQuery;
import fr.portailfamille.common.Page;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** « Comptes citoyens », for agents: the portal accounts of their town. */
@Stateless
@RolesAllowed("MENU_COMPTES_CITOYENS")
public class CitizenAccountRegister {

    private static final String COLUMNS = """
            a.id, a.email, a.last_name, a.first_name, a.partner_organisation, a.state, a.created_at, a.activated_at,
            a.last_sign_in_at,
            (select count(*) from subscription s
              where s.town_id = :town and s.account_id = a.id and s.ended_at is null) as subscriptions""";

    private static final String FROM = " from citizen_account a where a.town_id = :town";

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    @Inject
    private ChangeLog changes;

    @Inject
    private Accounts accounts;

    @Inject
    private AccountLetters letters;

    @Inject
    private Clock clock;

    @Resource
    private SessionContext context;

    public Page<CitizenAccountRow> find(
            CitizenAccountCriteria criteria, CitizenAccountSort sort, boolean ascending, int first, int size) {
        GridQuery query = new GridQuery(town.id(), COLUMNS, FROM)
                .containing("a.email", "email", criteria.email())
                .and(named("last_name", "lastName"), "lastName", GridQuery.words(criteria.lastName()))
                .and(named("first_name", "firstName"), "firstName", GridQuery.words(criteria.firstName()))
                .and("a.partner_organisation = :partner", "partner", criteria.partner())
                .and("a.state = :state", "state", criteria.state())
                .and(
                        "a.id in (select s.account_id from subscription s where s.town_id = :town "
                                + "and s.business_account_id = :businessAccount and s.ended_at is null)",
                        "businessAccount",
                        criteria.businessAccount())
                .and(
                        "a.id in (select s.account_id from subscription s "
                                + "join business_account b on b.town_id = :town and b.id = s.business_account_id "
                                + "where s.town_id = :town and b.family_id = :family and s.ended_at is null)",
                        "family",
                        criteria.family());
        return database.read(
                handle -> query.page(handle, sort.order(ascending), first, size, (row, context) -> account(row)));
    }

    /** The index narrows by the whole name; the words must then stand in this part of it. */
    private static String named(String column, String parameter) {
        return "a.id in (select citizen_accounts_named(:town, :" + parameter + ")) and search_text(a." + column
                + ") like all (search_patterns(:" + parameter + "))";
    }

    public Optional<CitizenAccountDetail> detail(long account) {
        return database.read(handle -> handle.createQuery("select " + COLUMNS
                        + ", (select count(*) from request r where r.town_id = :town and r.account_id = a.id) as requests"
                        + FROM + " and a.id = :id")
                .bind("town", town.id())
                .bind("id", account)
                .map((row, context) -> detail(row, subscriptions(account)))
                .findOne());
    }

    private List<CitizenAccountDetail.Subscribed> subscriptions(long account) {
        return database.read(handle -> handle.createQuery("select b.id, b.universe, b.account_code, b.family_id, "
                        + "s.created_at, " + BusinessAccountReads.NAME + " as name "
                        + "from subscription s join business_account b "
                        + "on b.town_id = :town and b.id = s.business_account_id "
                        + "where s.town_id = :town and s.account_id = :id and s.ended_at is null "
                        + "order by b.universe, b.account_code, b.id")
                .bind("town", town.id())
                .bind("id", account)
                .map((row, context) -> new CitizenAccountDetail.Subscribed(
                        row.getLong("id"),
                        row.getString("universe"),
                        row.getString("account_code"),
                        row.getString("name"),
                        row.getObject("family_id", Long.class),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list());
    }

    /**
     * Opens an account for somebody who cannot, and sends the link that lets its holder choose a password.
     *
     * @return its id; empty when the address has an account already
     */
    public OptionalLong create(NewCitizenAccount form) {
        accounts.lock(form.email());
        if (accounts.byEmail(form.email()).isPresent()) {
            return OptionalLong.empty();
        }
        CitizenAccount account = new CitizenAccount(town.id(), accounts.nextId(), form, clock.instant());
        accounts.add(account);
        if (form.partner()) {
            database.write(handle -> handle.createUpdate(
                            "update citizen_account set partner_organisation = true where town_id = :town and id = :id")
                    .bind("town", town.id())
                    .bind("id", account.id())
                    .execute());
        }
        letters.firstPassword(account);
        changes.changed(actor(), "citizen_account", account.id(), "state", null, AccountState.PENDING);
        return OptionalLong.of(account.id());
    }

    private String actor() {
        return context.getCallerPrincipal().getName();
    }

    /**
     * The account opens nothing from now on; what its holder did stays on record. A session it has ends with its next
     * request.
     *
     * @return false when it was disabled already
     */
    public boolean disable(long account) {
        return move(account, "state <> 'DISABLED'", AccountState.DISABLED);
    }

    /** A disabled account works again, or waits again for its holder to follow the link. */
    public boolean enable(long account) {
        return move(account, "state = 'DISABLED' and activated_at is not null", AccountState.ACTIVE)
                || move(account, "state = 'DISABLED'", AccountState.PENDING);
    }

    private boolean move(long account, String condition, AccountState state) {
        Optional<AccountState> before = database.read(
                handle -> handle.createQuery("select state from citizen_account where town_id = :town and id = :id and "
                                + condition + " for update")
                        .bind("town", town.id())
                        .bind("id", account)
                        .mapTo(AccountState.class)
                        .findOne());
        before.ifPresent(from -> {
            database.write(
                    handle -> handle.createUpdate("update citizen_account set state = :state, version = version + 1 "
                                    + "where town_id = :town and id = :id")
                            .bind("town", town.id())
                            .bind("id", account)
                            .bind("state", state)
                            .execute());
            changes.changed(actor(), "citizen_account", account, "state", from, state);
        });
        return before.isPresent();
    }

    private static CitizenAccountRow account(ResultSet row) throws SQLException {
        return new CitizenAccountRow(
                row.getLong("id"),
                row.getString("email"),
                row.getString("last_name"),
                row.getString("first_name"),
                row.getBoolean("partner_organisation"),
                AccountState.valueOf(row.getString("state")),
                row.getLong("subscriptions"));
    }

    private static CitizenAccountDetail detail(ResultSet row, List<CitizenAccountDetail.Subscribed> subscriptions)
            throws SQLException {
        return new CitizenAccountDetail(
                account(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row.getObject("activated_at", OffsetDateTime.class)),
                instant(row.getObject("last_sign_in_at", OffsetDateTime.class)),
                row.getLong("requests"),
                subscriptions);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
