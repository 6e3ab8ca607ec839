package fr.portailfamille.exchange.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of checking a lot.
 *
 * @param flow and the next two: as the manifest has them; null where it could not be read
 * @param files empty where the lot was refused before its rows were looked at
 */
public record LotVerdict(
        Outcome outcome,
        @Nullable String flow,
        @Nullable String mode,
        @Nullable Long sequence,
        List<FileTally> files) {

    /** From good to bad. */
    public enum Outcome {
        /** Every row would be taken, as far as the files tell. */
        GOOD,
        /** The lot would be applied without some rows. */
        WITH_REJECTS,
        /** The lot would be held until an agent decides. */
        HELD,
        /** The lot would be refused. */
        REFUSED
    }

    public LotVerdict {
        files = List.copyOf(files);
    }
}
