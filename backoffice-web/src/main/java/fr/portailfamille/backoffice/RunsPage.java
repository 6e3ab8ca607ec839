package fr.portailfamille.backoffice;

import fr.portailfamille.common.Page;
import fr.portailfamille.exchange.ProcessingRuns;
import fr.portailfamille.exchange.RejectedRow;
import fr.portailfamille.exchange.RunCriteria;
import fr.portailfamille.exchange.RunDetail;
import fr.portailfamille.exchange.RunResult;
import fr.portailfamille.exchange.RunRow;
import fr.portailfamille.exchange.RunSort;
import fr.portailfamille.web.Notices;
import jakarta.annotation.PostConstruct;
import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Serializable;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;

/** « État des traitements »: runs of bulk jobs, live, with what was rejected and why. */
@Named
@ViewScoped
public class RunsPage implements Serializable {

    private static final long serialVersionUID = 1L;

    /** As many rejected rows as a panel can show; the file has all. */
    private static final int REJECTS_SHOWN = 50;

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

    @Inject
    private ProcessingRuns runs;

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
    private RunDetail shown;
    private Page<RejectedRow> rejects;

    @PostConstruct
    void open() {
        universes = runs.universes();
        search();
        rows = new GridRows<>(
                RunSort.STARTED,
                false,
                RunRow::id,
                (sort, ascending, first, size) -> runs.page(criteria, sort, ascending, first, size));
    }

    public void search() {
        criteria = new RunCriteria(universe, type, result, from, to);
        close();
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

    /** Whether something runs now; the page then asks again by itself. */
    public boolean isLive() {
        return runs.page(new RunCriteria(null, null, RunResult.RUNNING, null, null), RunSort.STARTED, false, 0, 1)
                        .total()
                > 0;
    }

    public void show(RunRow row) {
        show(row.id());
    }

    private void show(long run) {
        shown = runs.detail(run).orElse(null);
        rejects = shown == null ? null : runs.rejects(run, true, 0, REJECTS_SHOWN);
        if (shown == null) {
            notices.refuse(Words.of("panel.gone"));
        }
    }

    public void step(int by) {
        rows.beside(Long.toString(shown.run().id()), by).ifPresent(this::show);
    }

    public boolean mayStep(int by) {
        return shown != null && rows.beside(Long.toString(shown.run().id()), by).isPresent();
    }

    public void close() {
        shown = null;
        rejects = null;
    }

    /** All rejected rows and warnings of the run shown, as a file. */
    public void download() throws IOException {
        FacesContext faces = FacesContext.getCurrentInstance();
        ExternalContext external = faces.getExternalContext();
        external.responseReset();
        external.setResponseContentType("text/csv;charset=UTF-8");
        external.setResponseHeader(
                "Content-Disposition",
                "attachment; filename=\"rejets-" + shown.run().id() + ".csv\"");
        external.setResponseHeader("X-Content-Type-Options", "nosniff");
        external.setResponseHeader("Cache-Control", "no-store");
        try (Writer file = new OutputStreamWriter(external.getResponseOutputStream(), StandardCharsets.UTF_8)) {
            // Without it, spreadsheets take the file for Windows-1252.
            file.write('\uFEFF');
            runs.writeRejects(shown.run().id(), file);
        }
        faces.responseComplete();
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

    public Page<RejectedRow> getRejects() {
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
