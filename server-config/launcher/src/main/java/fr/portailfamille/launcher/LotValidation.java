package fr.portailfamille.launcher;

import fr.portailfamille.exchange.LotLimits;
import fr.portailfamille.exchange.check.FileTally;
import fr.portailfamille.exchange.check.Finding;
import fr.portailfamille.exchange.check.LotCheck;
import fr.portailfamille.exchange.check.LotVerdict;
import fr.portailfamille.exchange.check.LotVerdict.Outcome;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code ./portail validate}: checks lots without a portal, and says what is wrong with them, a line for each finding. */
final class LotValidation {

    /** Of one code in one lot; the summary has the number of all. */
    private static final int SHOWN = 20;

    private final PrintStream out;
    private final boolean all;

    /** @param all shows every finding, however many there are of a kind */
    LotValidation(PrintStream out, boolean all) {
        this.out = out;
        this.all = all;
    }

    /** Whether every row of every lot would be taken, as far as files tell. */
    boolean check(List<Path> lots) {
        boolean good = true;
        for (Path lot : lots) {
            good &= check(lot);
        }
        return good;
    }

    private boolean check(Path lot) {
        if (!Files.isRegularFile(lot)) {
            throw new Problem("There is no file " + lot);
        }
        out.println(lot);
        Map<String, Integer> codes = new HashMap<>();
        try {
            LotVerdict verdict = LotCheck.of(lot, LotLimits.fromEnvironment(), finding -> {
                if (codes.merge(finding.code(), 1, Integer::sum) <= SHOWN || all) {
                    out.println("  " + line(finding));
                }
            });
            conclude(verdict, codes);
            return verdict.outcome() == Outcome.GOOD;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code families.csv:12:iban: BAD_IBAN: L'IBAN n'est pas valide … « FR76… »}, which editors find their way by. */
    private static String line(Finding finding) {
        StringBuilder line = new StringBuilder();
        if (finding.file() != null) {
            line.append(finding.file()).append(':');
        }
        if (finding.line() != null) {
            line.append(finding.line()).append(':');
        }
        if (finding.column() != null) {
            line.append(finding.column()).append(':');
        }
        line.append(line.length() == 0 ? "" : " ").append(finding.code()).append(": ");
        line.append(finding.reason());
        if (finding.value() != null) {
            line.append(" « ").append(printable(finding.value())).append(" »");
        }
        return line.toString();
    }

    /** What a vendor wrote must not steer the terminal. */
    private static String printable(String value) {
        return value.replaceAll("\\p{Cntrl}", "�");
    }

    private void conclude(LotVerdict verdict, Map<String, Integer> codes) {
        codes.forEach((code, many) -> {
            if (many > SHOWN && !all) {
                out.printf("  … %s: %,d more, --all shows them%n", code, many - SHOWN);
            }
        });
        for (FileTally file : verdict.files()) {
            out.printf(
                    Locale.ROOT,
                    "  %-24s %,10d rows%s%s%s%n",
                    file.file(),
                    file.rows(),
                    count(file.rejected(), " · %,d rejected"),
                    count(file.warnings(), " · %,d with warnings"),
                    count(file.elsewhere(), " · %,d references to rows that are not in this lot"));
        }
        String sum = codes.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(code -> code.getKey() + " " + code.getValue())
                .collect(Collectors.joining(", "));
        String of = verdict.flow() == null
                ? ""
                : " (%s, %s, sequence %d)".formatted(verdict.flow(), verdict.mode(), verdict.sequence());
        out.println(mark(verdict.outcome()) + of + (sum.isEmpty() ? "" : ": " + sum));
    }

    private static String mark(Outcome outcome) {
        return switch (outcome) {
            case GOOD -> "✓ every row can be taken";
            case WITH_REJECTS -> "✗ would be applied without the rejected rows";
            case HELD -> "✗ would be held until an agent decides";
            case REFUSED -> "✗ would be refused";
        };
    }

    private static String count(long many, String words) {
        return many == 0 ? "" : String.format(Locale.ROOT, words, many);
    }
}
