package fr.portailfamille.exchange;

import org.jspecify.annotations.Nullable;

/**
 * A row of a lot that was rejected, or taken with a warning.
 *
 * @param line line of the file on which the row starts; the header is line 1
 * @param code code of the contract
 * @param value the cell as it came, when there is one to show
 * @param reason why, in French
 */
public record RejectedRow(
        String file,
        @Nullable Long line,
        @Nullable String column,
        String code,
        boolean warning,
        @Nullable String value,
        String reason) {}
