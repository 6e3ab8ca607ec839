package fr.portailfamille.web;

import jakarta.faces.context.FacesContext;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Sentences of the shared bundle, for code; pages read them as {@code #{common['…']}}. */
final class Texts {

    private static final String BUNDLE = "fr.portailfamille.web.common";

    private Texts() {}

    static String of(String key, Object... parts) {
        FacesContext faces = FacesContext.getCurrentInstance();
        Locale locale = faces == null || faces.getViewRoot() == null
                ? Locale.FRENCH
                : faces.getViewRoot().getLocale();
        return in(locale, key, parts);
    }

    static String in(Locale locale, String key, Object... parts) {
        String pattern = ResourceBundle.getBundle(BUNDLE, locale, Texts.class.getClassLoader())
                .getString(key);
        return new MessageFormat(pattern, locale).format(parts);
    }
}
