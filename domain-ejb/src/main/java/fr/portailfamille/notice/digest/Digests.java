package fr.portailfamille.notice.digest;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.TownGate;
import fr.portailfamille.exchange.FinishedRuns;
import fr.portailfamille.notice.NoticeSettings;
import fr.portailfamille.notice.Outbox;
import fr.portailfamille.notice.Posting;
import fr.portailfamille.notice.letter.MailModel;
import fr.portailfamille.notice.letter.MailTemplate;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The set-based work on windows and digests. */
@ApplicationScoped
class Digests {

    private static final Logger LOG = System.getLogger(Digests.class.getName());

    /** Of so many decisions on it is worth a second connection to read while they are written. */
    private static final int LARGE = 2_000;

    /** Families whose e-mails are written in one go. */
    private static final int AT_ONCE = 1_000;

    /** Bookings and absences are the world of Enfance. */
    private static final String UNIVERSE = "Enfance";

    /** Recorded in the window {@code w}. */
    private static final String IN_WINDOW =
            "town_id = :town and recorded_at > w.begins_at and recorded_at <= w.ends_at";

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    @Inject
    private Outbox outbox;

    @Inject
    private ToldFamilies families;

    @EJB
    private DigestReader reader;

    @EJB
    private TownGate gate;

    @Inject
    private FinishedRuns runs;

    @Inject
    private NoticeSettings settings;

    @Inject
    private Clock clock;

    @Resource
    private ManagedExecutorService aside;

    /**
     * Closes the window that ends then. What is recorded from here on belongs to a later one, whatever instant it had in
     * mind. To be committed at once: meanwhile nobody can record.
     *
     * @return false where somebody has been recording for so long that others must not wait behind us: try again
     */
    boolean close(Instant end, boolean forced) {
        Instant windowEnd = stored(end);
        return database.read(handle -> {
            if (isClosed(handle, windowEnd)) {
                return true;
            }
            boolean closed = handle.createQuery("select close_digests(:end, :forced, :now)")
                    .bind("end", windowEnd)
                    .bind("forced", forced)
                    .bind("now", clock.instant())
                    .mapTo(Boolean.class)
                    .one();
            if (closed) {
                noteWithNothingToTell(handle, windowEnd);
            }
            return closed;
        });
    }

    /** As the database keeps it: what is compared must be what is stored. */
    private static Instant stored(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** The first end from now on that no window had. */
    Instant nextEnd(Instant now) {
        return database.read(handle -> handle.createQuery(
                        "select greatest(:now, max(ends_at) + interval '1 microsecond') from digest_window"
                                + " where town_id = :town")
                .bind("town", town.id())
                .bind("now", stored(now))
                .mapTo(Instant.class)
                .one());
    }

    private boolean isClosed(Handle handle, Instant windowEnd) {
        return handle.createQuery("select exists (select from digest_window where town_id = :town and ends_at >= :end)")
                .bind("town", town.id())
                .bind("end", windowEnd)
                .mapTo(Boolean.class)
                .one();
    }

    private void noteWithNothingToTell(Handle handle, Instant windowEnd) {
        handle.createUpdate("update digest_window w set told_at = :now where w.town_id = :town and w.ends_at = :end"
                        + " and w.told_at is null and not exists (select from decision where " + IN_WINDOW
                        + ") and not exists (select from booking_change where " + IN_WINDOW + ")")
                .bind("town", town.id())
                .bind("end", windowEnd)
                .bind("now", clock.instant())
                .execute();
    }

    /** The ends of the windows that are closed and still to be told. */
    List<Instant> untold() {
        return database.read(handle -> handle.createQuery(
                        "select ends_at from digest_window where town_id = :town and told_at is null order by ends_at")
                .bind("town", town.id())
                .mapTo(Instant.class)
                .list());
    }

    /** Writes the digests of a closed window; of one that was told already, none. */
    DigestResult tell(Instant windowEnd) {
        return database.read(handle -> {
            Optional<String> begin = lockUntold(handle, windowEnd);
            if (begin.isEmpty()) {
                return new DigestResult(windowEnd, 0, 0, 0);
            }
            Instant started = clock.instant();
            Telling telling = new Telling(handle, windowEnd);
            read(handle, begin.get(), windowEnd, telling);
            DigestResult result = telling.finish();
            if (result.decisions() + result.changes() > 0) {
                runs.add(UNIVERSE, "DIGEST", started, result.decisions() + result.changes());
            }
            return result;
        });
    }

    /** Of a large window by somebody else, beside the writing: the database reads and writes with one processor each then. */
    private void read(Handle handle, String begin, Instant windowEnd, Telling telling) {
        if (!isLarge(handle, windowEnd)) {
            families.read(begin, windowEnd, telling::add);
            return;
        }
        int of = town.id();
        FamilyQueue queue = new FamilyQueue();
        CompletableFuture<Void> reading;
        try {
            reading = CompletableFuture.runAsync(
                    () -> gate.doInTown(of, () -> queue.fill(taker -> reader.read(begin, windowEnd, taker))), aside);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "Digests are read without help", e);
            families.read(begin, windowEnd, telling::add);
            return;
        }
        queue.empty(reading, telling::add, () -> families.read(begin, windowEnd, telling::add));
    }

    private boolean isLarge(Handle handle, Instant windowEnd) {
        return handle.createQuery("select count(*) from (select from decision, digest_window w where w.town_id = :town"
                                + " and w.ends_at = :end and decision." + IN_WINDOW + " limit :large) d")
                        .bind("town", town.id())
                        .bind("end", windowEnd)
                        .bind("large", LARGE)
                        .mapTo(Integer.class)
                        .one()
                == LARGE;
    }

    /** Who comes second waits here, and then finds nothing. The begin is a text because the first one has none. */
    private Optional<String> lockUntold(Handle handle, Instant windowEnd) {
        return handle.createQuery("select begins_at::text from digest_window where town_id = :town and ends_at = :end"
                        + " and told_at is null for update")
                .bind("town", town.id())
                .bind("end", windowEnd)
                .mapTo(String.class)
                .findOne();
    }

    /** One window on its way into the outbox, some hundreds of families at a time. */
    private final class Telling {

        private final Handle handle;
        private final Instant windowEnd;
        private final List<Posting> ready = new ArrayList<>();
        private Outbox.@Nullable Begun begun;
        private int accounts;
        private int decisions;
        private int changes;

        /** How to contest a refusal, where the town has words of its own for it. */
        private final @Nullable Map<String, String> legal;

        private Telling(Handle handle, Instant windowEnd) {
            this.handle = handle;
            this.windowEnd = windowEnd;
            String recourse = settings.legal().recourse();
            legal = recourse == null ? null : Map.of("recourse", recourse);
        }

        private void add(ToldFamilies.Told family) {
            Map<String, Object> model = family.to().model();
            model.put("legal", legal);
            model.put("lines", new MailModel.Written(family.lines()));
            ready.add(new Posting(
                    MailTemplate.DIGEST,
                    family.to().email(),
                    model,
                    null,
                    family.to().account(),
                    windowEnd,
                    null));
            accounts++;
            decisions += family.decisions();
            changes += family.changes();
            if (ready.size() >= AT_ONCE) {
                post();
            }
        }

        /** Those before are written while these are filled and encrypted. */
        private void post() {
            Outbox.Begun next = outbox.begin(List.copyOf(ready), aside);
            ready.clear();
            finishPosting();
            begun = next;
        }

        private void finishPosting() {
            if (begun != null) {
                outbox.finish(begun);
                begun = null;
            }
        }

        private DigestResult finish() {
            if (!ready.isEmpty()) {
                post();
            }
            finishPosting();
            handle.createUpdate("""
                            update digest_window
                               set told_at = :now, accounts = :accounts, decisions = :decisions, changes = :changes
                             where town_id = :town and ends_at = :end""")
                    .bind("town", town.id())
                    .bind("end", windowEnd)
                    .bind("now", clock.instant())
                    .bind("accounts", accounts)
                    .bind("decisions", decisions)
                    .bind("changes", changes)
                    .execute();
            return new DigestResult(windowEnd, accounts, decisions, changes);
        }
    }
}
