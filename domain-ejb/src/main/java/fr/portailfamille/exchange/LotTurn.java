package fr.portailfamille.exchange;

import fr.portailfamille.exchange.format.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A lot whose turn has come.
 *
 * @param large it takes long, and should not take the last of a node's turns
 * @param interrupted the job execution of the attempt that a crash interrupted, if there was one
 */
public record LotTurn(
        LotRun run, Flow flow, boolean large, @Nullable Long interrupted) {}
