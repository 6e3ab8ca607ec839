package fr.portailfamille.exchange;

import org.jspecify.annotations.Nullable;

/**
 * What goes on now.
 *
 * @param running the run that started last among those that have not ended; null = none
 * @param queued lots whose turn may come at any moment, also those about to be looked at again because another one ended;
 *     those that wait for another lot or an agent do not count
 */
public record RunActivity(@Nullable RunRow running, long queued) {

    public boolean isLive() {
        return running != null || queued > 0;
    }
}
