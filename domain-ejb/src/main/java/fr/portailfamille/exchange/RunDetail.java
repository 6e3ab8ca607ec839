package fr.portailfamille.exchange;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run, what became of the rows of each file, and why the lot as a whole was refused, held or failed.
 *
 * @param lot null for jobs that have none
 */
public record RunDetail(RunRow run, @Nullable RunLot lot, List<FileCounts> files, List<Reason> reasons) {

    public RunDetail {
        files = List.copyOf(files);
        reasons = List.copyOf(reasons);
    }

    /** Whether the lot ended without having been read: there are no counts to show. */
    public boolean isUnapplied() {
        return files.isEmpty() && (run.result() == RunResult.CANCELLED || run.result() == RunResult.SUPERSEDED);
    }
}
