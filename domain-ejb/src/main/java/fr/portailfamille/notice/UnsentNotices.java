package fr.portailfamille.notice;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * E-mails that did not arrive, or not yet: given up, come back, or tried in vain so far; whatever they are about. For
 * agents, who see why, and can send them again.
 */
@Stateless
@RolesAllowed("MENU_NOTIFICATIONS")
public class UnsentNotices {

    /** What they are listed by. */
    public enum Sort {
        WRITTEN
    }

    /** Sent again since, in one way or another. */
    private static final String AGAIN = "select from notice again where again.town_id = :town"
            + " and again.repeats = coalesce(n.repeats, n.id) and again.id > n.id";

    /** The first condition as the index that makes them quick to find has it. What arrived at another try is settled. */
    private static final String UNSENT = "n.town_id = :town and (n.state = 'FAILED' or n.state = 'QUEUED' and"
            + " n.last_error is not null or n.returned_at is not null) and not exists (" + AGAIN
            + " and again.state = 'SENT' and again.returned_at is null)";

    private static final String REPEATABLE =
            "n.model_enc is not null and n.state <> 'QUEUED' and not exists (" + AGAIN + ")";

    /** With bounds that are null where nothing is asked. */
    private static final String ASKED = UNSENT
            + " and (cast(:to as text) is null or strpos(lower(n.recipient), :to) > 0) and (cast(:state as text) is null"
            + " or :state = case when n.returned_at is null then n.state else 'RETURNED' end)";

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    @Inject
    private Repeats repeats;

    /**
     * What agents ask for.
     *
     * @param to a part of the address
     * @param state {@code FAILED}, {@code QUEUED} or {@code RETURNED}; null for all of them
     */
    public record Criteria(@Nullable String to, @Nullable NoticeState state) implements java.io.Serializable {
        public static final Criteria ALL = new Criteria(null, null);
    }

    /** A page, by the day of writing. */
    public Page<NoticeRow> page(Criteria criteria, boolean ascending, int first, int size) {
        String order = ascending ? "n.created_at, n.id" : "n.created_at desc, n.id desc";
        return database.read(handle -> {
            List<NoticeRow> rows = asked(
                            handle.createQuery("""
                            select n.id, n.subject, n.recipient, n.created_at as at, n.attempts,
                                   case when n.returned_at is null then n.state else 'RETURNED' end as state,
                                   n.next_attempt_at, coalesce(n.returned_reason, n.last_error) as last_error,
                                   n.repeats is not null as repeated, (""" + REPEATABLE + ") as repeatable from notice n where " + ASKED
                                    + " order by " + order
                                    + " limit :size offset :first"),
                            criteria)
                    .bind("size", size)
                    .bind("first", first)
                    .map((row, context) -> NoticeRow.of(row))
                    .list();
            long total = asked(handle.createQuery("select count(*) from notice n where " + ASKED), criteria)
                    .mapTo(Long.class)
                    .one();
            return new Page<>(rows, total);
        });
    }

    private <S extends SqlStatement<S>> S asked(S statement, Criteria criteria) {
        String to = criteria.to() == null ? "" : criteria.to().strip().toLowerCase(Locale.ROOT);
        return statement
                .bind("town", town.id())
                .bind("to", to.isEmpty() ? null : to)
                .bind(
                        "state",
                        criteria.state() == null ? null : criteria.state().name());
    }

    /**
     * Sends one of them again.
     *
     * @return whom it goes to; empty where there is nothing to send again, or it is under way or was sent again just now
     */
    public Optional<String> sendAgain(long notice) {
        boolean unsent = database.read(
                handle -> handle.createQuery("select exists (select from notice n where n.id = :notice and " + UNSENT
                                + " and " + REPEATABLE + ")")
                        .bind("town", town.id())
                        .bind("notice", notice)
                        .mapTo(Boolean.class)
                        .one());
        return unsent ? repeats.sendAgain(notice) : Optional.empty();
    }
}
