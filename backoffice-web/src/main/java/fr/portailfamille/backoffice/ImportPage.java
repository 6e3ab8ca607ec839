package fr.portailfamille.backoffice;

import fr.portailfamille.common.Scratch;
import fr.portailfamille.exchange.CorrectionDesk;
import fr.portailfamille.exchange.LotConflictException;
import fr.portailfamille.exchange.LotLimits;
import fr.portailfamille.exchange.LotReception;
import fr.portailfamille.exchange.ProcessingRuns;
import fr.portailfamille.exchange.Receipt;
import fr.portailfamille.exchange.RunDetail;
import fr.portailfamille.exchange.TooManyLotsException;
import fr.portailfamille.exchange.format.RefusedException;
import fr.portailfamille.web.Notices;
import fr.portailfamille.web.TownContext;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/** « Importer un lot »: a ZIP by hand, or the corrected rows of a run, for good or as a simulation. */
@Named
@RequestScoped
public class ImportPage {

    @Inject
    private LotReception reception;

    @Inject
    private CorrectionDesk corrections;

    @Inject
    private ProcessingRuns runs;

    @Inject
    private TownContext town;

    @Inject
    private Notices notices;

    private Part file;
    private boolean simulation;
    private Long run;
    private RunDetail corrected;

    /** Told by the address, later by the form. */
    @PostConstruct
    void open() {
        run = Addressed.number("traitement");
        corrected = run == null ? null : runs.detail(run).orElse(null);
    }

    public void send() throws IOException {
        Path copy = Scratch.file(".lot");
        try {
            try (InputStream in = file.getInputStream()) {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            }
            Receipt receipt = receive(copy);
            notices.tell(
                    Words.of(receipt.known() ? "import.known" : simulation ? "import.simulated" : "import.received"));
            FacesContext.getCurrentInstance().getExternalContext().redirect(town.url(BackofficeRoutes.RUNS));
        } catch (RefusedException e) {
            notices.refuse("file", Refusals.sentence(e));
        } catch (LotConflictException e) {
            notices.refuse("file", Words.of("refusal.SEQUENCE_REPLAYED"));
        } catch (TooManyLotsException e) {
            notices.refuse("file", Words.of("refusal.TOO_MANY_LOTS"));
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private Receipt receive(Path copy) {
        String name = file.getSubmittedFileName() == null ? "" : file.getSubmittedFileName();
        return name.toLowerCase(Locale.ROOT).endsWith(".csv")
                ? corrections.receive(copy, name, corrected == null ? null : run, simulation)
                : reception.receive(copy, simulation);
    }

    public RunDetail getCorrected() {
        return corrected;
    }

    public long getLargest() {
        return LotLimits.fromEnvironment().zipped();
    }

    public Part getFile() {
        return file;
    }

    public void setFile(Part file) {
        this.file = file;
    }

    public boolean isSimulation() {
        return simulation;
    }

    public void setSimulation(boolean simulation) {
        this.simulation = simulation;
    }

    public Long getRun() {
        return run;
    }
}
