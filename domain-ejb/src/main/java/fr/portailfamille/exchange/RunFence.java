package fr.portailfamille.exchange;

import org.jdbi.v3.core.Handle;

/** Refuses the writes of an attempt that another one has replaced: a node that was thought dead may still be at work. */
final class RunFence {

    private RunFence() {}

    /** Notes the progress, and with it that this attempt is the one that counts. */
    static void progress(Handle handle, LotRun run, int percent) {
        check(handle.createUpdate("update processing_run set progress = greatest(progress, :percent)"
                        + " where town_id = :town and id = :run and attempt = :attempt and ended_at is null")
                .bind("percent", percent)
                .bind("town", run.town())
                .bind("run", run.run())
                .bind("attempt", run.attempt())
                .execute());
    }

    static void check(int rows) {
        if (rows != 1) {
            throw new StaleAttemptException();
        }
    }

    /** Another attempt has taken over. */
    static final class StaleAttemptException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
