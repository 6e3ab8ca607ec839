package fr.portailfamille.account;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A code abonné as it is compared: upper case, without blanks. Towns give codes of many forms; {@code BL-0000000000} is
 * one of them.
 */
public record SubscriptionCode(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Z0-9][A-Z0-9./_-]{1,63}");

    public SubscriptionCode {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("Not a code abonné");
        }
    }

    public static Optional<SubscriptionCode> of(@Nullable String text) {
        String plain = text == null ? "" : text.replaceAll("\\s", "").toUpperCase(Locale.ROOT);
        return FORM.matcher(plain).matches() ? Optional.of(new SubscriptionCode(plain)) : Optional.empty();
    }
}
