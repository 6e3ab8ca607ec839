package fr.portailfamille.exchange.check;

import fr.portailfamille.exchange.Guard;
import fr.portailfamille.exchange.LotInspection;
import fr.portailfamille.exchange.LotLimits;
import fr.portailfamille.exchange.Manifest;
import fr.portailfamille.exchange.check.Finding.Weight;
import fr.portailfamille.exchange.check.LotVerdict.Outcome;
import fr.portailfamille.exchange.format.Documents;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.FileFormat.Trait;
import fr.portailfamille.exchange.format.Formats;
import fr.portailfamille.exchange.format.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Checks one lot: first what is checked before a lot is taken, then, row by row, what its job would find. */
public final class LotCheck {

    private final Path zip;
    private final LotLimits limits;
    private final Findings findings;
    private boolean refused;
    private boolean held;

    private LotCheck(Path zip, LotLimits limits, Consumer<Finding> told) {
        this.zip = zip;
        this.limits = limits;
        this.findings = new Findings(told);
    }

    /**
     * @param told is handed each finding as soon as it is found: within a file, faults of cells in the order of lines,
     *     then references, then what rows say by themselves, then keys, then sums
     */
    public static LotVerdict of(Path zip, LotLimits limits, Consumer<Finding> told) throws IOException {
        return new LotCheck(zip, limits, told).run();
    }

    private LotVerdict run() throws IOException {
        Manifest manifest;
        try {
            manifest = new LotInspection(zip, limits).inspect().manifest();
        } catch (RefusedException e) {
            findings.refused(e);
            return new LotVerdict(Outcome.REFUSED, null, null, null, List.of());
        }
        List<FileTally> files = rows(manifest);
        boolean rejects = files.stream().anyMatch(file -> file.rejected() > 0);
        return new LotVerdict(
                refused ? Outcome.REFUSED : held ? Outcome.HELD : rejects ? Outcome.WITH_REJECTS : Outcome.GOOD,
                manifest.flow().word(),
                manifest.mode().name().toLowerCase(java.util.Locale.ROOT),
                manifest.sequence(),
                files);
    }

    private List<FileTally> rows(Manifest manifest) throws IOException {
        Path scratch = Files.createTempDirectory("lot-check");
        Map<String, ScannedFile> scanned = new LinkedHashMap<>();
        List<FileTally> tallies = new ArrayList<>();
        try (ZipFile content = new ZipFile(zip.toFile())) {
            Set<String> noPdfs = noPdfs(content);
            // Parents stand before what refers to them.
            for (FileFormat format : Formats.of(manifest.flow())) {
                for (Manifest.ListedFile listed : manifest.files()) {
                    if (listed.name().equals(format.name())) {
                        tallies.add(file(content, format, listed, noPdfs, scratch, scanned));
                    }
                }
            }
        } finally {
            for (ScannedFile file : scanned.values()) {
                file.close();
            }
            Files.deleteIfExists(scratch);
        }
        return tallies;
    }

    /** As rows may name them. */
    private static Set<String> noPdfs(ZipFile content) throws IOException {
        Set<String> names = new HashSet<>();
        for (Iterator<? extends ZipEntry> all = Documents.of(content).iterator(); all.hasNext(); ) {
            ZipEntry document = all.next();
            if (!Documents.isPdf(content, document)) {
                names.add(Documents.withoutFolder(document.getName()));
            }
        }
        return names;
    }

    private FileTally file(
            ZipFile content,
            FileFormat format,
            Manifest.ListedFile listed,
            Set<String> noPdfs,
            Path scratch,
            Map<String, ScannedFile> scanned)
            throws IOException {
        ScannedFile file = new ScannedFile(format, scanned.keySet(), scratch);
        try (InputStream in = content.getInputStream(content.getEntry(format.name()))) {
            new RowScan(file, limits.field(), noPdfs, findings).read(in, listed.rows());
        } catch (RefusedException e) {
            refused = true;
            findings.refused(e);
            file.close();
            return file.tally();
        }
        Relations relations = new Relations(findings);
        relations.references(file, scanned);
        relations.later(file);
        relations.duplicates(file);
        ScannedFile payments = scanned.get("payments.csv");
        if (format.trait() == Trait.ALLOCATIONS && payments != null) {
            new AllocatedSums(findings).check(file, payments);
        }
        scanned.put(format.name(), file);
        FileTally tally = file.tally();
        if (Guard.rejectsTooMany(tally.rejected(), tally.rows())) {
            held = true;
            findings.tell(
                    Weight.HELD,
                    format.name(),
                    null,
                    null,
                    "GUARD_REJECTED",
                    null,
                    Guard.share(tally.rejected(), tally.rows()));
        }
        return tally;
    }
}
