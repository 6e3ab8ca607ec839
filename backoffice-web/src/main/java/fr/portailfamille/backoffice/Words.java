package fr.portailfamille.backoffice;

import jakarta.faces.context.FacesContext;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Sentences of the back-office's bundle, for code; pages read them as {@code #{m['…']}}. */
final class Words {

    private static final String BUNDLE = "fr.portailfamille.backoffice.messages";

    private Words() {}

    static ResourceBundle bundle() {
        return ResourceBundle.getBundle(BUNDLE, locale(), Words.class.getClassLoader());
    }

    static String of(String key, Object... parts) {
        return new MessageFormat(bundle().getString(key), locale()).format(parts);
    }

    private static Locale locale() {
        return FacesContext.getCurrentInstance().getViewRoot().getLocale();
    }
}
