package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.FileFormat.Trait;
import fr.portailfamille.exchange.format.Flow;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.request.DecidedSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Checks and merges the staged files of one lot, parents before what refers to them. */
public final class LotLoad {

    /** Reference files on which capacities rest. */
    private static final Set<String> PLACES = Set.of("schedule", "schedule_date", "pool", "pool_schedule", "pool_date");

    /** From here on it matters how rows are looked up. */
    static final long MANY = 5_000;

    /** From here on a check takes long enough to merge what it has found first meanwhile. */
    private static final long MANY_TO_CHECK = 20_000;

    /** Checking all rows takes less time than merging an eighth of them. */
    private static final long FIRST_SHARE = 8;

    private static final String DEADLOCK = "40P01";

    private final Load load;
    private @Nullable DecidedSet decided;

    public LotLoad(Load load) {
        this.load = load;
    }

    /** Files in the order in which they are checked and merged. */
    public List<FileFormat> files() {
        return Formats.of(load.flow()).stream()
                .filter(load.files()::containsKey)
                .toList();
    }

    /** Whether this attempt has checked the file. */
    public boolean checked(Handle handle, FileFormat file) {
        return load.any(handle, "select where to_regclass('" + load.stage().verdicts(file) + "') is not null");
    }

    /**
     * Checks the first rows of a large file, so that they can be merged while the others are checked; empty where that is
     * not worth it, or where what is found of a row may still change when others are looked at.
     */
    public Optional<CheckedPart> checkFirst(Handle handle, FileFormat file) {
        long rows = load.read(file).rows();
        if (rows < MANY_TO_CHECK
                || !file.keyedByRef()
                || !Boolean.TRUE.equals(load.read(file).keysDiffer())) {
            return Optional.empty();
        }
        planFor(handle, rows);
        Lines lines = Lines.upTo(rows / FIRST_SHARE);
        long created = FileCheck.forMerging(load, file, lines).begin(handle).getOrDefault(Verdict.NEW, 0L);
        return Optional.of(new CheckedPart(new FileVerdicts(file, 0, created, 0, 0, 0, 0, 0, 0, 0), lines));
    }

    /**
     * Checks a file that is merged while others are checked.
     *
     * @param lines those that were not checked before
     */
    public CheckedPart checkOthers(Handle handle, FileFormat file, Lines lines) {
        return new CheckedPart(check(handle, FileCheck.forMerging(load, file, lines), file), lines);
    }

    public FileVerdicts check(Handle handle, FileFormat file) {
        if (file.trait() == Trait.BOOKINGS) {
            return checkBookings(handle, file);
        }
        if (file.trait() == Trait.DECISIONS) {
            return checkDecisions(handle, file);
        }
        return check(handle, new FileCheck(load, file), file);
    }

    private FileVerdicts check(Handle handle, FileCheck check, FileFormat file) {
        planFor(handle, load.read(file).rows());
        Map<String, Long> counts = check.run(handle);
        long created = counts.getOrDefault(Verdict.NEW, 0L);
        long changed = counts.getOrDefault(Verdict.CHANGED, 0L);
        FileMerge merge = new FileMerge(load, file);
        long missing = merge.countMissing(handle, counts);
        FileVerdicts found = verdicts(
                handle,
                file,
                created,
                changed,
                missing + (created + changed == 0 ? 0 : newlyArchived(handle, file)),
                load.full() ? missing : 0,
                load.full() && missing > 0 ? merge.countStanding(handle) : 0,
                0);
        countAgain(found, counts.getOrDefault(Verdict.UNCHANGED, 0L) + check.saidTwice());
        return found;
    }

    /** A row without a verdict, or one that is rejected and not listed, would vanish without a word. */
    private static void countAgain(FileVerdicts found, long unchanged) {
        if (found.unchanged() != unchanged) {
            throw new IllegalStateException(
                    "%s: %d rows were read, %d created, %d changed, %d rejected and %d left as they are"
                            .formatted(
                                    found.file().name(),
                                    found.received(),
                                    found.created(),
                                    found.changed(),
                                    found.rejected(),
                                    unchanged));
        }
    }

    /**
     * A first load fills tables that the planner believes empty: left to itself, it would look up each of a hundred thousand
     * rows by reading them all.
     */
    private static void planFor(Handle handle, long rows) {
        handle.execute("set local enable_nestloop = " + (rows >= MANY ? "off" : "on"));
        handle.execute("set local work_mem = '" + (rows >= MANY ? 128 : 16) + "MB'");
        // Names wait in a list of their index's until statistics are gathered: sorted in all at once they cost less.
        handle.execute("set local gin_pending_list_limit = '" + (rows >= MANY ? 64 : 4) + "MB'");
    }

    /** Lines of rows that are new or changed and have secrets that were left out when they were read. */
    public BitSet lackSecrets(Handle handle, FileFormat file) {
        planFor(handle, load.read(file).rows());
        return LateSecrets.missing(handle, load.stage(), file, load.read(file).columns());
    }

    /** Encrypts those secrets, on a second reading of the file. */
    public static void sealSecrets(Handle handle, FileContent content, BitSet lines) {
        planFor(handle, content.rows());
        content.sealLate(handle, lines);
    }

    /** Prepares to put a city's first bookings aside; false where the lot is checked as any other. */
    public boolean beginAside(Handle handle) {
        Optional<FileFormat> bookings =
                files().stream().filter(file -> file.trait() == Trait.BOOKINGS).findFirst();
        BookingAside aside = new BookingAside(load);
        if (bookings.isEmpty() || checked(handle, bookings.get()) || !aside.fits(handle, bookings.get())) {
            return false;
        }
        planFor(handle, load.read(bookings.get()).rows());
        new BookingCheck(load, bookings.get()).beginAside(handle, aside);
        return true;
    }

    /** Puts one share of them aside, from 0 on. */
    public void fillAside(Handle handle, int share, int shares) {
        planFor(handle, load.read(bookings()).rows());
        new BookingCheck(load, bookings()).fillAside(handle, new BookingAside(load), share, shares);
    }

    private FileVerdicts checkBookings(Handle handle, FileFormat file) {
        planFor(handle, load.read(file).rows());
        BookingCheck check = new BookingCheck(load, file);
        BookingAside aside = new BookingAside(load);
        if (aside.filled(handle)) {
            OptionalLong created = check.runAside(handle, aside);
            if (created.isPresent()) {
                return verdicts(handle, file, created.getAsLong(), 0, 0, 0, 0, 0);
            }
        }
        Map<String, Long> counts = check.run(handle);
        long created = counts.getOrDefault(Verdict.NEW, 0L);
        long changed = counts.getOrDefault(Verdict.CHANGED, 0L);
        long archived = counts.getOrDefault(BookingCheck.MISSING_FROM_FULL, 0L);
        long newer = counts.containsKey(BookingCheck.LEFT_ALONE)
                ? load.number(
                        handle,
                        "select count(*) from " + load.stage().verdicts(file)
                                + " where verdict = 'L' and col = 'NEWER_ON_PORTAL'")
                : 0;
        return verdicts(
                handle, file, created, changed, archived, archived, archived > 0 ? check.standing(handle) : 0, newer);
    }

    private FileVerdicts checkDecisions(Handle handle, FileFormat file) {
        planFor(handle, load.read(file).rows());
        DecisionCheck check = new DecisionCheck(load, file);
        check.run(handle);
        long changed = Verdict.counts(handle, load.stage().verdicts(file)).getOrDefault(Verdict.CHANGED, 0L);
        return verdicts(handle, file, 0, changed, 0, 0, 0, check.warnings(handle));
    }

    private FileVerdicts verdicts(
            Handle handle,
            FileFormat file,
            long created,
            long changed,
            long archived,
            long missing,
            long standing,
            long warnings) {
        long received = load.read(file).rows();
        long rejected = handle.createQuery("select count(distinct line) from "
                        + load.stage().faults() + " where file = :file and not warning")
                .bind("file", file.name())
                .mapTo(long.class)
                .one();
        return new FileVerdicts(
                file,
                received,
                created,
                changed,
                received - created - changed - rejected,
                archived,
                rejected,
                load.read(file).warned() + warnings,
                missing,
                standing);
    }

    private long newlyArchived(Handle handle, FileFormat file) {
        if (!new FileMerge(load, file).archivesByWord(handle)) {
            return 0;
        }
        String rows = load.stage().rows(file);
        String standing = file.hasId()
                ? " and not exists (select from " + file.table()
                        + " t where t.town_id = :town and t.id = k.id and t.archived_at is not null)"
                : "";
        return load.number(
                handle,
                "select count(*) from " + load.stage().verdicts(file) + " k join " + rows
                        + " s on s.line = k.line where s.archived and k.verdict in ('N', 'C')" + standing);
    }

    /**
     * Writes everything into the live tables, in the caller's one transaction.
     *
     * @param checked what {@link #check} gave for each file
     * @param holidays public holidays of the days that bookings may be on
     * @param beside waits for what {@link #findBeside} finds; null where it was not asked
     * @return the same, with what showed only now
     */
    public List<FileVerdicts> merge(
            Handle handle, List<FileVerdicts> checked, List<LocalDate> holidays, @Nullable Runnable beside) {
        List<FileVerdicts> merged = new ArrayList<>();
        boolean places = false;
        boolean billing = load.flow() == Flow.BILLING;
        MergedAllocations allocations = new MergedAllocations(load);
        if (billing) {
            allocations.suspend(handle);
        }
        for (FileVerdicts verdicts : checked) {
            FileFormat file = verdicts.file();
            if (file.trait() == Trait.BOOKINGS) {
                planFor(handle, verdicts.created() + verdicts.changed() + verdicts.missing());
                long warnings = new BookingMerge(load, file, holidays).run(handle, verdicts, beside);
                merged.add(verdicts.withWarnings(warnings));
                decided = new BookedLines(load, file).decide(handle);
                new TownChanges(load, file).tell(handle);
            } else if (file.trait() == Trait.DECISIONS) {
                planFor(handle, verdicts.changed());
                decided = new DecisionMerge(load, file).run(handle);
                merged.add(verdicts);
            } else {
                mergeFile(handle, new FileMerge(load, file), verdicts, 0);
                merged.add(verdicts);
                if (file.trait() == Trait.MESSAGES) {
                    new MessageNews(load, file).write(handle);
                }
                places |= PLACES.contains(file.table())
                        && verdicts.created() + verdicts.changed() + verdicts.archived() > 0;
            }
            ImportPlaces.reached(ImportPlaces.MID_MERGE, load.flow());
        }
        if (billing) {
            allocations.resume(handle, new PaymentDefaults(load).write(handle));
        }
        if (places) {
            Map<String, Long> lowered = new PlaceRefresh(load).run(handle);
            merged.replaceAll(
                    each -> each.withWarnings(lowered.getOrDefault(each.file().name(), 0L)));
        }
        return merged;
    }

    /**
     * Writes rows that were checked into the live tables, of a flow that has nothing but files of their own to merge.
     *
     * @param before new rows of the same file that were written before these
     */
    public FileVerdicts mergePart(Handle handle, CheckedPart part, long before) {
        FileVerdicts verdicts = part.verdicts();
        mergeFile(handle, FileMerge.asChecked(load, verdicts.file(), part.lines()), verdicts, before);
        ImportPlaces.reached(ImportPlaces.MID_MERGE, load.flow());
        return verdicts;
    }

    private static void mergeFile(Handle handle, FileMerge merge, FileVerdicts verdicts, long before) {
        planFor(handle, verdicts.created() + verdicts.changed() + verdicts.missing());
        merge.run(handle, verdicts, before);
    }

    /** For bookings that are to come. */
    public void stageRegistrations(Handle handle) {
        planFor(handle, MANY);
        BookingFamily.stage(load, handle);
    }

    /** Whether a merge is worth a second connection. */
    public static boolean mergesBookings(List<FileVerdicts> checked) {
        return checked.stream()
                .anyMatch(file -> file.file().trait() == Trait.BOOKINGS
                        && file.created() + file.changed() + file.archived() >= MANY);
    }

    /**
     * Stages what the merge of bookings needs besides them, while another transaction writes them. Of those that were put
     * aside it is found when they are merged.
     */
    public void findBeside(Handle handle, List<LocalDate> holidays) {
        if (!new BookingAside(load).filled(handle)) {
            planFor(handle, load.read(bookings()).rows());
            new BookingFindings(load, bookings(), holidays, BookingTables.staged(load.stage())).find(handle);
        }
    }

    /** The warnings that the merge has found, of which a simulation would keep nothing but their number. */
    public List<MergeWarning> warnings(Handle handle) {
        return switch (load.flow()) {
            case BOOKINGS -> Warnings.written(load, handle, BookingWarnings.CODES);
            case REFERENCE -> Warnings.written(load, handle, List.of(CapacityWarnings.CODE));
            default -> List.of();
        };
    }

    /** Writes them once more, after the merge that found them was taken back. */
    public void keep(Handle handle, List<MergeWarning> warnings) {
        if (!warnings.isEmpty()) {
            Warnings.writeAgain(load, handle, warnings);
        }
    }

    private FileFormat bookings() {
        return files().stream()
                .filter(file -> file.trait() == Trait.BOOKINGS)
                .findFirst()
                .orElseThrow();
    }

    /** Bookings that this attempt has put aside, to be attached in a moment that they are to themselves. */
    public Optional<BookingAside> aside(Handle handle) {
        BookingAside aside = new BookingAside(load);
        return load.flow() == Flow.BOOKINGS && aside.filled(handle) ? Optional.of(aside) : Optional.empty();
    }

    /**
     * The very last statement of the transaction that merges: from here on everybody waits who looks at bookings of towns
     * that share a partition.
     */
    public void attach(Handle handle) {
        aside(handle).ifPresent(aside -> aside.attach(handle));
    }

    /** A query of the documents that the lot's invoices refer to; empty where they refer to none. */
    public Optional<String> documents() {
        return load.files().keySet().stream()
                .filter(file -> SqlParts.hasDocument(load, file))
                .findFirst()
                .map(file -> "select document_id from " + load.stage().verdicts(file) + " where verdict in ('N', 'C')");
    }

    /** Requests about no booking that the merge decided. */
    public List<Long> decidedOtherRequests() {
        return decided == null ? List.of() : decided.aboutNoBooking();
    }

    /** Whether a merge failed only because a family changed, since the check, a booking that the lot changes too, or was about to. */
    public static boolean changedMeanwhile(Throwable failure) {
        return failure instanceof BookingMerge.ChangedMeanwhile
                || failure instanceof SQLException sql && DEADLOCK.equals(sql.getSQLState());
    }
}
