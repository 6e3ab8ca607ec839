package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.CheckText;

/** What completes the reasons that checks write, as literals of their statements. */
final class CheckWording {

    private CheckWording() {}

    static String of(String key) {
        return literal(CheckText.of(key));
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
