package fr.portailfamille.exchange;

import org.jspecify.annotations.Nullable;

/**
 * A lot whose turn has come.
 *
 * @param interrupted the job execution of the attempt that a crash interrupted, if there was one
 */
public record LotTurn(LotRun run, @Nullable Long interrupted) {}
