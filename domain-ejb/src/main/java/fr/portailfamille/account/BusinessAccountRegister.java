package fr.portailfamille.account;

import fr.portailfamille.common.ChangeLog;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.Email;
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
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** « Comptes métiers », for agents: the accounts of the business applications, and who is subscribed to them. */
@Stateless
@RolesAllowed("MENU_COMPTES_METIERS")
public class BusinessAccountRegister {

    private static final String COLUMNS =
            "b.id, b.universe, b.issuer, b.account_code, b.family_id, b.archived_at is not null as archived, "
                    + "s.emails, b.name as imported_name, b.email as imported_email, "
                    + "b.edited_last_name, b.edited_first_name, b.edited_email, "
                    + "(" + BusinessAccountReads.NAME_EDITED + ") as name_edited, "
                    + "(" + BusinessAccountReads.EMAIL_EDITED + ") as email_edited, "
                    + BusinessAccountReads.NAME + " as name, " + BusinessAccountReads.EMAIL + " as email";

    private static final String FROM = """
             from business_account b
             left join lateral (
                  select array_agg(a.email order by a.email_key) as emails
                    from subscription s
                    join citizen_account a on a.town_id = :town and a.id = s.account_id
                   where s.town_id = :town and s.business_account_id = b.id and s.ended_at is null) s on true
            where b.town_id = :town""";

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    @Inject
    private ChangeLog changes;

    @Inject
    private Clock clock;

    @Resource
    private SessionContext context;

    public Page<BusinessAccountRow> find(
            BusinessAccountCriteria criteria, BusinessAccountSort sort, boolean ascending, int first, int size) {
        GridQuery query = new GridQuery(town.id(), COLUMNS, FROM)
                .and("b.universe = :universe", "universe", criteria.universe())
                .and("b.issuer = :issuer", "issuer", criteria.issuer())
                .containing("b.account_code", "code", criteria.code())
                .and("b.id in (select business_accounts_named(:town, :name))", "name", GridQuery.words(criteria.name()))
                .containing(
                        "concat_ws(' ', " + BusinessAccountReads.EMAIL + ", array_to_string(s.emails, ' '))",
                        "email",
                        criteria.email())
                .and("(s.emails is not null) = :linked", "linked", criteria.linked())
                .and(
                        "b.id in (select c.business_account_id from subscription c where c.town_id = :town "
                                + "and c.account_id = :citizen and c.ended_at is null)",
                        "citizen",
                        criteria.citizen())
                .and("b.family_id = :family", "family", criteria.family());
        return database.read(
                handle -> query.page(handle, sort.order(ascending), first, size, (row, context) -> account(row)));
    }

    /** The universes that this town has accounts of, for the criteria's list. */
    public List<String> universes() {
        return distinct("universe");
    }

    public List<String> issuers() {
        return distinct("issuer");
    }

    private List<String> distinct(String column) {
        return database.read(handle -> handle.createQuery("select distinct " + column
                        + " from business_account where town_id = :town and " + column + " is not null order by 1")
                .bind("town", town.id())
                .mapTo(String.class)
                .list());
    }

    public Optional<BusinessAccountDetail> detail(long account) {
        return database.read(handle -> handle.createQuery("select " + COLUMNS + FROM + " and b.id = :id")
                .bind("town", town.id())
                .bind("id", account)
                .map((row, context) -> detail(row, subscribers(account)))
                .findOne());
    }

    private List<BusinessAccountDetail.Subscriber> subscribers(long account) {
        return database.read(handle -> handle.createQuery("""
                        select a.id, a.last_name || ' ' || a.first_name as name, a.email, s.created_at
                          from subscription s
                          join citizen_account a on a.town_id = :town and a.id = s.account_id
                         where s.town_id = :town and s.business_account_id = :id and s.ended_at is null
                         order by a.email_key, a.id""")
                .bind("town", town.id())
                .bind("id", account)
                .map((row, context) -> new BusinessAccountDetail.Subscriber(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("email"),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()))
                .list());
    }

    /**
     * Keeps what an agent knows better, beside what Enfance says and until it says something else. Nothing given, or the
     * same as Enfance's, takes the edit back.
     *
     * @return false when there is no such account
     */
    public boolean edit(long account, @Nullable String lastName, @Nullable String firstName, @Nullable Email email) {
        Optional<BusinessAccountDetail> before = detail(account);
        before.ifPresent(known -> {
            String address = email == null || email.value().equals(known.importedEmail()) ? null : email.value();
            boolean sameName = lastName == null && firstName == null;
            database.write(handle -> handle.createUpdate("""
                            update business_account
                               set edited_last_name = :lastName, edited_first_name = :firstName, edited_email = :email,
                                   edited_over_name = :overName, edited_over_email = :overEmail, version = version + 1
                             where town_id = :town and id = :id""")
                    .bind("town", town.id())
                    .bind("id", account)
                    .bind("lastName", lastName)
                    .bind("firstName", firstName)
                    .bind("email", address)
                    .bind("overName", sameName ? null : known.importedName())
                    .bind("overEmail", address == null ? null : known.importedEmail())
                    .execute());
            log(account, "edited_last_name", known.lastName(), lastName);
            log(account, "edited_first_name", known.firstName(), firstName);
            log(account, "edited_email", known.email(), address);
        });
        return before.isPresent();
    }

    /** Ends a subscription: the citizen account sees this account no longer. False when it had ended already. */
    public boolean unsubscribe(long account, long citizen) {
        int ended = database.read(handle -> handle.createUpdate(
                        "update subscription set ended_at = :now, version = version + 1 where town_id = :town "
                                + "and business_account_id = :account and account_id = :citizen and ended_at is null")
                .bind("town", town.id())
                .bind("account", account)
                .bind("citizen", citizen)
                .bind("now", clock.instant())
                .execute());
        if (ended > 0) {
            log(account, "subscriber", citizen, null);
        }
        return ended > 0;
    }

    private void log(long account, String field, @Nullable Object before, @Nullable Object after) {
        changes.changed(context.getCallerPrincipal().getName(), "business_account", account, field, before, after);
    }

    private static BusinessAccountRow account(ResultSet row) throws SQLException {
        return new BusinessAccountRow(
                row.getLong("id"),
                row.getString("universe"),
                row.getString("issuer"),
                row.getString("account_code"),
                row.getString("name"),
                row.getString("email"),
                row.getArray("emails") == null
                        ? List.of()
                        : Arrays.asList((String[]) row.getArray("emails").getArray()),
                row.getObject("family_id", Long.class),
                row.getBoolean("name_edited") || row.getBoolean("email_edited"),
                row.getBoolean("archived"));
    }

    private static BusinessAccountDetail detail(ResultSet row, List<BusinessAccountDetail.Subscriber> subscribers)
            throws SQLException {
        boolean named = row.getBoolean("name_edited");
        return new BusinessAccountDetail(
                account(row),
                row.getString("imported_name"),
                row.getString("imported_email"),
                named ? row.getString("edited_last_name") : null,
                named ? row.getString("edited_first_name") : null,
                row.getBoolean("email_edited") ? row.getString("edited_email") : null,
                subscribers);
    }
}
