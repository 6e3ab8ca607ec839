package fr.portailfamille.exchange.format;

import java.util.Locale;
import java.util.ResourceBundle;

/** What completes the reasons of rows that are wrong beside other cells, rows or files, in French. */
public final class CheckText {

    private static final ResourceBundle FRENCH =
            ResourceBundle.getBundle("fr.portailfamille.exchange.format.checks", Locale.FRENCH);

    private CheckText() {}

    public static String of(String key) {
        return FRENCH.getString(key);
    }
}
