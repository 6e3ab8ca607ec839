package fr.portailfamille.portal;

import jakarta.faces.context.FacesContext;
import java.text.MessageFormat;
import java.util.List;
import java.util.ResourceBundle;

/** Sentences of the portal's bundle and the shared one, for beans; pages read them as {@code #{txt['…']}}. */
final class Texts {

    private Texts() {}

    static String of(String key, Object... parts) {
        return say("txt", key, parts);
    }

    /** What is wrong with a password, in one sentence each. */
    static String flaws(List<? extends Enum<?>> flaws) {
        return String.join(
                " ",
                flaws.stream()
                        .map(flaw -> say("common", "password." + flaw.name()))
                        .toList());
    }

    private static String say(String bundle, String key, Object... parts) {
        FacesContext context = FacesContext.getCurrentInstance();
        ResourceBundle sentences = context.getApplication().getResourceBundle(context, bundle);
        return new MessageFormat(sentences.getString(key), sentences.getLocale()).format(parts);
    }
}
