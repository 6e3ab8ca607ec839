package fr.portailfamille.backoffice;

import fr.portailfamille.common.Page;
import fr.portailfamille.exchange.CorrectionDesk;
import fr.portailfamille.exchange.LotAnswer;
import fr.portailfamille.exchange.LotDesk;
import fr.portailfamille.exchange.OpenLot;
import fr.portailfamille.exchange.ProcessingRuns;
import fr.portailfamille.exchange.RejectSort;
import fr.portailfamille.exchange.RejectedRow;
import fr.portailfamille.exchange.RunActivity;
import fr.portailfamille.exchange.RunCriteria;
import fr.portailfamille.exchange.RunDetail;
import fr.portailfamille.exchange.RunLot;
import fr.portailfamille.exchange.RunResult;
import fr.portailfamille.exchange.RunRow;
import fr.portailfamille.exchange.RunSort;
import fr.portailfamille.exchange.load.ImportPlaces;
import fr.portailfamille.exchange.outgoing.RequestLots;
import fr.portailfamille.exchange.outgoing.SentLot;
import fr.portailfamille.exchange.outgoing.SentLots;
import fr.portailfamille.web.Notices;
import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;
import org.primefaces.PrimeFaces;

/** « État des traitements »: runs of bulk jobs, live, with what was rejected and why; lots that wait for something. */
@Named
@ViewScoped
public class RunsPage implements Serializable {

    private static final long serialVersionUID = 1L;

    /** More lots than that wait only when something is thoroughly wrong; the number tells. */
    private static final int OPEN_SHOWN = 20;

    /** Types that a run may have, in the order of the flows. */
    private static final List<String> TYPES = List.of(
            "IMPORT_REFERENCE",
            "IMPORT_INDIVIDUALS",
            "IMPORT_REGISTRATIONS",
            "IMPORT_BOOKINGS",
            "IMPORT_DECISIONS",
            "IMPORT_BILLING",
            "EXPORT_REQUESTS",
            "DIGEST");

    /** What an agent is asked to confirm. */
    public enum Question {
        CONFIRM,
        CANCEL
    }

    @Inject
    private ProcessingRuns runs;

    @Inject
    private LotDesk lots;

    @Inject
    private CorrectionDesk corrections;

    @Inject
    private SentLots sentLots;

    @Inject
    private RequestLots requestLots;

    @Inject
    private Notices notices;

    private String universe;
    private String type;
    private RunResult result;
    private LocalDate from;
    private LocalDate to;
    private List<String> universes;

    private RunCriteria criteria;
    private GridRows<RunRow, RunSort> rows;
    private RunActivity activity;
    private String said;
    private Page<OpenLot> open;
    private long overdue;

    private RunDetail shown;
    private SentLot sent;
    private GridRows<RejectedRow, RejectSort> rejects;
    private Question question;
    private OpenLot leaving;

    @PostConstruct
    void open() {
        universes = runs.universes();
        search();
        rows = new GridRows<>(
                RunSort.STARTED,
                false,
                RunRow::id,
                (sort, ascending, first, size) -> runs.page(criteria, sort, ascending, first, size));
        Long addressed = Addressed.number("traitement");
        if (addressed != null) {
            show(addressed);
        }
    }

    public void search() {
        criteria = new RunCriteria(universe, type, result, from, to);
        close();
        refresh();
        GridRows.toFirstPage();
    }

    public void reset() {
        universe = null;
        type = null;
        result = null;
        from = null;
        to = null;
        search();
    }

    /** What is asked again while something runs. The panel is left alone, unless it shows what runs. */
    public void look() {
        refresh();
        if (shown != null && shown.run().result() == RunResult.RUNNING) {
            show(shown.run().id());
            PrimeFaces.current().ajax().update("panel");
        }
    }

    private void refresh() {
        boolean wasLive = activity != null && activity.isLive();
        activity = runs.activity();
        open = lots.open(OPEN_SHOWN);
        overdue = lots.attention().overdue();
        if (activity.running() != null) {
            // By quarters: who listens wants to know that it moves, not each step.
            said = progress(activity.running(), activity.running().progress() / 25 * 25);
        } else if (activity.isLive()) {
            said = Words.of("runs.queued");
        } else if (wasLive) {
            said = runs.page(RunCriteria.ALL, RunSort.STARTED, false, 0, 1).rows().stream()
                    .map(last -> Words.of("runs.ended", word("RunType", last.type()), word("RunResult", last.result())))
                    .findFirst()
                    .orElse(null);
        }
    }

    private static String progress(RunRow run, int percent) {
        return Words.of("runs.moved", word("RunType", run.type()), percent);
    }

    private static String word(String kind, Object value) {
        return Words.bundle().getString(kind + "." + value);
    }

    public void show(RunRow row) {
        show(row.id());
    }

    private void show(long run) {
        close();
        shown = runs.detail(run).orElse(null);
        if (shown == null) {
            notices.refuse(Words.of("panel.gone"));
        } else {
            sent = sentLots.ofRun(run).orElse(null);
            rejects = new GridRows<>(
                    RejectSort.PLACE,
                    true,
                    row -> row.file() + row.line() + row.column(),
                    (sort, ascending, first, size) -> runs.rejects(run, true, first, size));
        }
    }

    /** Shows the run that the guard ended. */
    public void examine(OpenLot lot) {
        show(lot.heldRun());
    }

    public void step(int by) {
        rows.beside(Long.toString(shown.run().id()), by).ifPresent(this::show);
    }

    public boolean mayStep(int by) {
        return shown != null && rows.beside(Long.toString(shown.run().id()), by).isPresent();
    }

    public void close() {
        shown = null;
        sent = null;
        rejects = null;
        question = null;
        leaving = null;
    }

    /** Asks once, and says what it entails. */
    public void ask(Question asked) {
        question = asked;
    }

    public void askToCancel(OpenLot lot) {
        close();
        leaving = lot;
    }

    public void dismiss() {
        question = null;
        leaving = null;
    }

    public void confirm() {
        RunLot lot = shown.lot();
        LotAnswer answer = lots.confirm(lot.id(), shown.run().id());
        ImportPlaces.reached(ImportPlaces.AFTER_CONFIRMATION);
        tell(answer, "runs.confirmed");
    }

    public void restart() {
        RunLot lot = shown.lot();
        tell(lots.restart(lot.id(), shown.run().id()), "runs.restarted");
    }

    /** Of the lot held in the panel, or of the one that waits. */
    public void cancel() {
        tell(lots.cancel(leaving == null ? shown.lot().id() : leaving.id()), "runs.cancelled");
    }

    private void tell(LotAnswer answer, String done) {
        RunDetail before = shown;
        close();
        refresh();
        if (answer == LotAnswer.DONE) {
            notices.tell(Words.of(done));
            return;
        }
        // The panel stays, as things are now: it names who was quicker.
        if (before != null) {
            show(before.run().id());
        }
        notices.refuse(Words.of("runs." + answer));
    }

    /** All rejected rows and warnings of the run shown, as a file. */
    public void download() throws IOException {
        long run = shown.run().id();
        Download.csv("rejets-" + run + ".csv", file -> runs.writeRejects(run, file));
    }

    /** The lot of requests that the run shown tells of, as the business application got it. */
    public void downloadSent() throws IOException {
        SentLot taken = sentLots.take(shown.run().id()).orElse(null);
        if (taken == null) {
            notices.refuse(Words.of("panel.gone"));
            return;
        }
        Download.zip("demandes-" + taken.lot().sequence() + ".zip", file -> requestLots.write(taken.lot(), file));
    }

    /** The rejected rows of a file as they came, to be corrected in a spreadsheet and sent back. */
    public void correct(String file) throws IOException {
        long run = shown.run().id();
        String name = file.substring(0, file.length() - ".csv".length()) + "-a-corriger-" + run + ".csv";
        Download.csv(name, out -> corrections.writeRejected(run, file, out));
    }

    /** What applying the held lot entails, in sentences. Faces also asks where nothing is shown. */
    public List<String> getEffects() {
        return shown == null ? List.of() : Effects.of(shown.files());
    }

    public RunActivity getActivity() {
        return activity;
    }

    /** What is said to those who do not see the list move; a new sentence each time that something is worth saying. */
    public String getSaid() {
        return said;
    }

    public Page<OpenLot> getOpen() {
        return open;
    }

    public long getOverdue() {
        return overdue;
    }

    public Question getQuestion() {
        return question;
    }

    public OpenLot getLeaving() {
        return leaving;
    }

    public List<String> getTypes() {
        return TYPES;
    }

    public RunResult[] getResults() {
        return RunResult.values();
    }

    public GridRows<RunRow, RunSort> getRows() {
        return rows;
    }

    public RunDetail getShown() {
        return shown;
    }

    /** Null for every line but « Export des demandes ». */
    public SentLot getSent() {
        return sent;
    }

    public GridRows<RejectedRow, RejectSort> getRejects() {
        return rejects;
    }

    public List<String> getUniverses() {
        return universes;
    }

    public String getUniverse() {
        return universe;
    }

    public void setUniverse(String universe) {
        this.universe = universe;
    }

    public String getType() {
        return type;
    }

    public void setType(String type) {
        this.type = type;
    }

    public RunResult getResult() {
        return result;
    }

    public void setResult(RunResult result) {
        this.result = result;
    }

    public LocalDate getFrom() {
        return from;
    }

    public void setFrom(LocalDate from) {
        this.from = from;
    }

    public LocalDate getTo() {
        return to;
    }

    public void setTo(LocalDate to) {
        this.to = to;
    }
}
