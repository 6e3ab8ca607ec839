package fr.portailfamille.exchange.format;

import java.util.Locale;

/** Whether a lot tells changes, or everything there is: then what a file lacks is archived. */
public enum Mode {
    FULL,
    DELTA;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
