package fr.portailfamille.town;

import java.util.Optional;
import java.util.regex.Pattern;

/** The code of a town in addresses: 2–64 of {@code a-z0-9-}, first and last not a hyphen. */
public record TownCode(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}[a-z0-9]");

    public TownCode {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("Not the code of a town: " + value);
        }
    }

    /** Empty where the text cannot be a code. */
    public static Optional<TownCode> of(String text) {
        return text != null && FORM.matcher(text).matches() ? Optional.of(new TownCode(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
