package fr.portailfamille.exchange.check;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a lot.
 *
 * @param file in the lot; null where the lot as a whole is meant
 * @param line on which the row starts; the header is line 1
 * @param code code of the contract
 * @param value the cell as it came, when there is one to show
 * @param reason why, in French
 */
public record Finding(
        Weight weight,
        @Nullable String file,
        @Nullable Long line,
        @Nullable String column,
        String code,
        @Nullable String value,
        String reason) {

    /** What the portal makes of it. */
    public enum Weight {
        /** The lot is refused as a whole. */
        REFUSED,
        /** The lot is held until an agent decides. */
        HELD,
        /** The row is rejected. */
        REJECT,
        /** The row is taken all the same. */
        WARNING
    }
}
