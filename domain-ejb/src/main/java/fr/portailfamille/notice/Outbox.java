package fr.portailfamille.notice;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.notice.letter.MailModel;
import fr.portailfamille.notice.letter.MailTemplate;
import fr.portailfamille.notice.letter.PortalAddress;
import fr.portailfamille.notice.letter.Wording;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/**
 * Where e-mails are posted. A notice is a row written in the running transaction of a town: it leaves when, and only
 * when, that transaction commits, and then it leaves for certain, or ends as failed with a reason that agents read.
 */
@ApplicationScoped
public class Outbox {

    private static final Logger LOG = System.getLogger(Outbox.class.getName());

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    @Inject
    private TownVaults vaults;

    @Inject
    private Wishes wishes;

    @Inject
    private TextMessages textMessages;

    @Inject
    private Clock clock;

    @Inject
    private Event<NoticeQueued> queued;

    /**
     * Posts an e-mail that concerns no request and no account in particular.
     *
     * @param to one plain address; one that no mail could reach fails at once, with a reason, and sends nothing
     * @param model what the template asks for; links in it are absolute and built from configuration
     * @return the number of the notice
     */
    public long queue(MailTemplate template, String to, Map<String, Object> model) {
        return queue(List.of(new Posting(template, to, model, null, null))).get(0);
    }

    /** Posts one that somebody asked for, whatever else its addressee wishes. */
    long send(Posting posting) {
        return queue(List.of(posting), Set.of()).get(0);
    }

    /** Posts several at once, in a round trip or two. The numbers come back in the same order. */
    public List<Long> queue(List<Posting> postings) {
        return queue(postings, declining(postings));
    }

    private List<Long> queue(List<Posting> postings, Set<Long> declining) {
        return postings.isEmpty() ? List.of() : finish(begin(postings, declining, Runnable::run));
    }

    /** Postings on their way: what takes no database is done by somebody else, or else when they are finished. */
    public static final class Begun {

        private final List<Posting> postings;
        private final List<Long> ids;
        private final FutureTask<List<Row>> rows;

        private Begun(List<Posting> postings, List<Long> ids, FutureTask<List<Row>> rows) {
            this.postings = postings;
            this.ids = ids;
            this.rows = rows;
        }
    }

    /**
     * The first half of posting several at once. To be finished in the same transaction; others may be finished meanwhile.
     *
     * @param aside fills and encrypts, beside what the caller does next
     */
    public Begun begin(List<Posting> postings, Executor aside) {
        return begin(postings, declining(postings), aside);
    }

    private Begun begin(List<Posting> postings, Set<Long> declining, Executor aside) {
        List<Long> ids =
                database.read(handle -> handle.createQuery("select nextval('notice_seq') from generate_series(1, :n)")
                        .bind("n", postings.size())
                        .mapTo(Long.class)
                        .list());
        int of = town.id();
        FutureTask<List<Row>> rows = new FutureTask<>(() -> rows(of, postings, ids, declining));
        try {
            aside.execute(rows);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "E-mails are filled without help", e);
        }
        return new Begun(postings, ids, rows);
    }

    /** The second half. The numbers come back in the order of the postings. */
    public List<Long> finish(Begun begun) {
        Instant now = clock.instant();
        // Done here where nobody has come to it: a pool that is busy, or gone, must not hold up a transaction.
        begun.rows.run();
        write(rows(begun), now);
        textMessages.queue(begun.postings, begun.ids, now);
        queued.fire(new NoticeQueued());
        return begun.ids;
    }

    private static List<Row> rows(Begun begun) {
        try {
            return begun.rows.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("E-mails could not be filled", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while e-mails were being filled", e);
        }
    }

    private Set<Long> declining(List<Posting> postings) {
        return wishes.declining(postings.stream()
                .filter(posting -> posting.template().wished())
                .map(Posting::accountId)
                .filter(Objects::nonNull)
                .toList());
    }

    private List<Row> rows(int of, List<Posting> postings, List<Long> ids, Set<Long> declining) {
        List<Row> rows = new ArrayList<>(postings.size());
        for (int i = 0; i < postings.size(); i++) {
            Posting posting = postings.get(i);
            Long account = posting.accountId();
            boolean declined = posting.template().wished() && account != null && declining.contains(account);
            rows.add(row(of, ids.get(i), posting, declined));
        }
        return rows;
    }

    /** A notice as it is stored; without a fault it is due at once. */
    private record Row(
            long id,
            Posting posting,
            byte @Nullable [] model,
            NoticeState state,
            @Nullable String fault) {}

    private Row row(int of, long id, Posting posting, boolean declined) {
        String fault = declined
                ? Wording.french().say("fault.declined")
                : MailAddress.fault(posting.to()).orElse(null);
        // One that does not leave is kept all the same, to be sent when the address has been corrected.
        byte[] model = fault == null || !posting.template().secret()
                ? vaults.of(of).encrypt(Notices.place(id), MailModel.write(posting.model()))
                : null;
        NoticeState state = fault == null ? NoticeState.QUEUED : declined ? NoticeState.DECLINED : NoticeState.FAILED;
        return new Row(id, posting, model, state, fault);
    }

    private void write(List<Row> rows, Instant now) {
        database.write(handle -> {
            Update notices = handle.createUpdate("""
                            insert into notice (town_id, id, template, recipient, subject, model_enc, message_id, state,
                                                next_attempt_at, last_error, created_at, request_id, account_id,
                                                window_ends_at, repeats)
                            select :town, n.id, n.template, n.recipient, n.subject, n.model, n.message_id, n.state,
                                   case when n.fault is null then cast(:now as timestamptz) end, n.fault, :now, n.request, n.account,
                                   cast(n.window_end as timestamptz), n.repeats
                              from unnest(:ids, :templates, :recipients, :subjects, :models, :messageIds, :states,
                                          :faults, :requests, :accounts, :windowEnds, :repeats)
                                   as n (id, template, recipient, subject, model, message_id, state, fault, request,
                                         account, window_end, repeats)""").bind("town", town.id()).bind("now", now);
            array(notices, "ids", Long.class, rows, Row::id);
            array(
                    notices,
                    "templates",
                    String.class,
                    rows,
                    row -> row.posting().template().name());
            array(
                    notices,
                    "recipients",
                    String.class,
                    rows,
                    row -> MailAddress.shown(row.posting().to()));
            array(notices, "subjects", String.class, rows, row -> subject(row.posting()));
            byte[][] models = rows.stream().map(Row::model).toArray(byte[][]::new);
            notices.bind("models", (Argument) (position, statement, context) ->
                    statement.setArray(position, context.getConnection().createArrayOf("bytea", models)));
            array(notices, "messageIds", String.class, rows, row -> PortalAddress.messageId(town.id()));
            array(notices, "states", String.class, rows, row -> row.state().name());
            array(notices, "faults", String.class, rows, Row::fault);
            array(notices, "requests", Long.class, rows, row -> row.posting().requestId());
            array(notices, "accounts", Long.class, rows, row -> row.posting().accountId());
            array(
                    notices,
                    "windowEnds",
                    String.class,
                    rows,
                    row -> text(row.posting().windowEnd()));
            array(notices, "repeats", Long.class, rows, row -> row.posting().repeats());
            notices.execute();
            List<Row> sendable =
                    rows.stream().filter(row -> row.fault() == null).toList();
            Update due = handle.createUpdate("insert into work_due (kind, town_id, item_id, due_at)"
                            + " select 'NOTICE', :town, id, :now from unnest(:ids) as n (id)")
                    .bind("town", town.id())
                    .bind("now", now);
            array(due, "ids", Long.class, sendable, Row::id);
            due.execute();
        });
    }

    private static String subject(Posting posting) {
        return Wording.french().say(posting.template().key() + ".subject");
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static <T> void array(
            Update update, String name, Class<T> type, List<Row> rows, Function<Row, @Nullable T> value) {
        List<@Nullable T> values = new ArrayList<>(rows.size());
        rows.forEach(row -> values.add(value.apply(row)));
        update.bindArray(name, type, values);
    }
}
