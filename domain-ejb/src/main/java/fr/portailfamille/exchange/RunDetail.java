package fr.portailfamille.exchange;

import java.util.List;

/** A run, what became of the rows of each file, and why the lot as a whole was refused, held or failed. */
public record RunDetail(RunRow run, List<FileCounts> files, List<Reason> reasons) {

    public RunDetail {
        files = List.copyOf(files);
        reasons = List.copyOf(reasons);
    }
}
