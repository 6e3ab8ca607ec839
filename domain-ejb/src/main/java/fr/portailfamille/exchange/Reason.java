package fr.portailfamille.exchange;

import org.jspecify.annotations.Nullable;

/** Why a whole lot was refused, held or failed: a code of the contract, the place, and a sentence in French. */
public record Reason(
        String code,
        @Nullable String file,
        @Nullable Long line,
        @Nullable String column,
        @Nullable String detail) {}
