package fr.portailfamille.common;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One plain address, as typed; two that differ in case only are the same mailbox. */
public record Email(String value) {

    private static final int LONGEST = 254;
    private static final Pattern FORM =
            Pattern.compile("[\\x21-\\x7E&&[^@<>(),;:\\\\\"\\[\\]]]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

    public Email {
        if (!isOne(value)) {
            throw new IllegalArgumentException("Not an e-mail address");
        }
    }

    /** Blanks around it are dropped; empty where no mail could be sent to it. */
    public static Optional<Email> of(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(Email::isOne).map(Email::new);
    }

    /** What two spellings of one mailbox have in common. */
    public String key() {
        return value.toLowerCase(Locale.ROOT);
    }

    private static boolean isOne(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
