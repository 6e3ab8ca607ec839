package fr.portailfamille.exchange.load;

import org.jdbi.v3.core.Handle;

/** Statistics of staging tables: from a tenth of the usual sample, which is enough to choose between joins. */
final class Sampling {

    private Sampling() {}

    static void analyze(Handle handle, String table) {
        handle.execute("set local default_statistics_target = 10");
        handle.execute("analyze " + table);
    }
}
