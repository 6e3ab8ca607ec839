package fr.portailfamille.exchange.load;

import java.util.Locale;
import java.util.ResourceBundle;

/** What completes the reasons that checks write, as literals of their statements. */
final class CheckWording {

    private static final ResourceBundle FRENCH =
            ResourceBundle.getBundle("fr.portailfamille.exchange.load.checks", Locale.FRENCH);

    private CheckWording() {}

    static String of(String key) {
        return literal(FRENCH.getString(key));
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
