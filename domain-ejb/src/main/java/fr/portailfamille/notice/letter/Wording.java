package fr.portailfamille.notice.letter;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sentences of the e-mails, from a bundle per language. Number and gender agree by choices inside the sentences
 * ({@code {0,choice,…}}), so another language needs another bundle and nothing else.
 */
public final class Wording {

    private static final Wording FRENCH = new Wording(Locale.FRANCE);

    private final Locale locale;
    private final ResourceBundle sentences;

    /** Sentences without blanks, as they are said: the labels of a table are asked for in each of its lines. */
    private final Map<String, String> whole = new ConcurrentHashMap<>();

    private Wording(Locale locale) {
        this.locale = locale;
        sentences = ResourceBundle.getBundle(
                "fr.portailfamille.notice.letter.mails", locale, Wording.class.getClassLoader());
    }

    public static Wording french() {
        return FRENCH;
    }

    /** The sentence with its blanks filled; arguments are data and never read as patterns. */
    public String say(String key, Object... arguments) {
        return arguments.length == 0 ? whole.computeIfAbsent(key, this::fill) : fill(key, arguments);
    }

    private String fill(String key, Object... arguments) {
        return new MessageFormat(sentences.getString(key), locale).format(arguments);
    }

    Locale locale() {
        return locale;
    }
}
