/**
 * Brings a whole portal up on one machine (database, mail catcher, WildFly with the EAR) and down again. Behind the
 * {@code ./portail} command, and a library: tests, benchmarks and failure drills start their own {@link
 * fr.portailfamille.launcher.Instance} in a folder and on ports of their own.
 *
 * <p>Invariants: everything an instance writes lies in its state folder; only processes that this instance started, told
 * by process id and start time, are ever ended; secrets are random, and in files that only their owner reads.
 */
package fr.portailfamille.launcher;
