package fr.portailfamille.exchange.load;

import org.jspecify.annotations.Nullable;

/**
 * A warning that shows only when all is merged: of a simulation it must outlive what is taken back.
 *
 * @param detail what completes its reason
 */
public record MergeWarning(
        String file,
        int line,
        String column,
        String code,
        @Nullable String detail) {}
