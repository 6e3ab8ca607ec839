package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.exchange.check.FileTally;
import fr.portailfamille.exchange.check.Finding;
import fr.portailfamille.exchange.check.LotCheck;
import fr.portailfamille.exchange.check.LotVerdict;
import fr.portailfamille.exchange.format.FaultCode;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lots full of bad rows go through the validator and through the job: both tell the same lines with the same columns, codes
 * and reasons, but for what only the town's stored data shows.
 */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("X1")
@Tag("X2")
@Tag("X3")
@Tag("X4")
@Tag("X5")
class ValidatorAgreesIT {

    /** What needs the town's stored data, always. */
    private static final Set<FaultCode> STORED = EnumSet.of(
            FaultCode.UNKNOWN_REFERENCE,
            FaultCode.ERASED,
            FaultCode.NO_REGISTRATION,
            FaultCode.CLOSED_DAY,
            FaultCode.OVER_CAPACITY,
            FaultCode.NEWER_ON_PORTAL,
            FaultCode.LINE_WITHDRAWN,
            FaultCode.UNKNOWN_CODE);

    @TempDir
    private Path folder;

    private final Set<FaultCode> seen = EnumSet.noneOf(FaultCode.class);
    private final RequestedTown town;
    private final HostileRows rows;

    ValidatorAgreesIT() throws SQLException {
        town = new RequestedTown();
        rows = new HostileRows(town);
    }

    @Test
    void the_validator_tells_what_the_job_tells() throws Exception {
        agree(rows.reference());
        agree(rows.individuals());
        agree(rows.registrations(), "registrations.csv;5;end;OUT_OF_PERIOD;reject");
        agree(rows.bookings());
        agree(rows.decisions(), "decisions.csv;9;decision;BAD_VALUE;reject");
        agree(rows.billing(), "invoices.csv;4;document;BAD_DOCUMENT;reject");

        Set<FaultCode> expected = EnumSet.allOf(FaultCode.class);
        expected.removeAll(STORED);
        assertThat(seen).isEqualTo(expected);
    }

    /** @param stored how lines of the report begin, besides those of {@link #STORED}, that the lot alone does not show */
    private void agree(TestLot lot, String... stored) throws IOException {
        List<Finding> findings = new ArrayList<>();
        Path file = Files.write(folder.resolve(lot.id() + ".zip"), lot.zip());
        LotVerdict verdict = LotCheck.of(file, LotLimits.USUAL, findings::add);
        List<String> foretold =
                findings.stream().map(ValidatorAgreesIT::line).sorted().toList();

        JsonObject state = town.vendor.apply(lot);
        assertThat(state.getString("state")).as(state.toString()).isEqualTo("APPLIED");
        List<String> told = town.vendor
                .get("/lots/" + lot.id() + "/rejects.csv")
                .body()
                .lines()
                .skip(1)
                .map(line -> line.strip().split(";", 7))
                .map(cells -> String.join(";", cells[0], cells[1], cells[2], cells[3], cells[4], unquoted(cells[6])))
                .filter(line -> !STORED.contains(code(line)))
                .sorted()
                .toList();
        List<String> knowable = told.stream()
                .filter(line -> Stream.of(stored).noneMatch(line::startsWith))
                .toList();

        assertThat(told.size() - knowable.size()).as(told.toString()).isEqualTo(stored.length);
        assertThat(foretold).isEqualTo(knowable);
        told.forEach(line -> seen.add(code(line)));
        for (FileTally tally : verdict.files()) {
            JsonObject counts = state.getJsonObject("files").getJsonObject(tally.file());
            long here = Stream.of(stored)
                    .filter(line -> line.startsWith(tally.file()))
                    .count();
            assertThat(counts.getInt("rejected")).as(tally.file()).isEqualTo((int) (tally.rejected() + here));
            assertThat(counts.getInt("created")
                            + counts.getInt("changed")
                            + counts.getInt("unchanged")
                            + counts.getInt("rejected"))
                    .as(tally.file())
                    .isEqualTo((int) tally.rows());
        }
    }

    private static String line(Finding finding) {
        return String.join(
                ";",
                finding.file(),
                String.valueOf(finding.line()),
                finding.column() == null ? "" : finding.column(),
                finding.code(),
                FaultCode.valueOf(finding.code()).warning() ? "warning" : "reject",
                finding.reason());
    }

    private static FaultCode code(String line) {
        return FaultCode.valueOf(line.split(";", -1)[3]);
    }

    private static String unquoted(String cell) {
        return cell.startsWith("\"") ? cell.substring(1, cell.length() - 1).replace("\"\"", "\"") : cell;
    }
}
