package fr.portailfamille.launcher;

import java.util.concurrent.locks.LockSupport;

/** A pause between two looks at something that gives no signal. */
public final class Waiting {
    private Waiting() {}

    public static void aMoment() {
        LockSupport.parkNanos(100_000_000);
        if (Thread.currentThread().isInterrupted()) {
            throw new Problem("Interrupted");
        }
    }
}
