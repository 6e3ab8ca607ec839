package fr.portailfamille.request;

import java.util.Locale;
import java.util.ResourceBundle;

/** What families read where whoever decided gave no words. */
public final class DecisionWording {

    private static final ResourceBundle TEXTS =
            ResourceBundle.getBundle("fr.portailfamille.request.request", Locale.FRENCH);

    private DecisionWording() {}

    /** A refusal always has a reason. */
    public static String refusedWithoutReason() {
        return TEXTS.getString("decision.refused-without-reason");
    }
}
