package fr.portailfamille.exchange;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The sentence that tells a person why a row was rejected or a lot refused. */
public final class RejectReasons {

    private static final ResourceBundle FRENCH =
            ResourceBundle.getBundle("fr.portailfamille.exchange.reasons", Locale.FRENCH);

    private RejectReasons() {}

    /** Wordings may differ by column ({@code MISSING.date}); the code alone is the fall-back. */
    public static String sentence(String code, @Nullable String column, @Nullable String detail) {
        String ofColumn = code + "." + column;
        String key = FRENCH.containsKey(ofColumn) || detail == null ? ofColumn : code + ".detail";
        String pattern = FRENCH.containsKey(key) ? FRENCH.getString(key) : FRENCH.getString(code);
        return new MessageFormat(pattern, Locale.FRENCH)
                .format(new Object[] {column == null ? "" : column, detail == null ? "" : detail});
    }
}
