package fr.portailfamille.exchange.check;

import fr.portailfamille.exchange.LotLimits;
import fr.portailfamille.exchange.LotZip;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the validator share: a lot to be checked, and what was told of it. */
abstract class LotCheckCase {

    @TempDir
    Path folder;

    final List<Finding> findings = new ArrayList<>();

    /** Each finding as file, line and column with its code. */
    final List<String> told() {
        return findings.stream()
                .map(each -> "%s:%s:%s %s".formatted(each.file(), each.line(), each.column(), each.code()))
                .toList();
    }

    final LotVerdict check(LotZip lot) throws IOException {
        Path file = folder.resolve("lot.zip");
        Files.write(file, lot.bytes());
        return LotCheck.of(file, LotLimits.USUAL, findings::add);
    }
}
