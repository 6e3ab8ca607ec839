package fr.portailfamille.launcher.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Prints each figure beside what was to be reached. */
final class Targets {

    private final PrintStream out;
    private boolean reached = true;

    Targets(PrintStream out) {
        this.out = out;
    }

    void atLeast(String what, double measured, double target, String unit) {
        say(measured >= target, what, measured, "at least", target, unit);
    }

    void atMost(String what, double measured, double target, String unit) {
        say(measured <= target, what, measured, "at most", target, unit);
    }

    private void say(boolean good, String what, double measured, String bound, double target, String unit) {
        reached &= good;
        out.printf(
                Locale.ROOT, "  %s %-68s %8.2f %s, %s %.2f%n", good ? "✓" : "✗", what, measured, unit, bound, target);
    }

    boolean allReached() {
        return reached;
    }
}
