package fr.portailfamille.request;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * The public reference of a request: {@code {year}-{10 of Crockford base32}}. Fifty random bits make it no secret, but
 * nobody guesses one.
 */
public record RequestRef(String value) {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 10;
    private static final Pattern FORM = Pattern.compile("\\d{4}-[" + ALPHABET + "]{" + LENGTH + "}");
    private static final SecureRandom RANDOM = new SecureRandom();

    public RequestRef {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("Not the reference of a request: " + value);
        }
    }

    static RequestRef draw(int year) {
        return draw(year, RANDOM);
    }

    static RequestRef draw(int year, RandomGenerator random) {
        StringBuilder drawn = new StringBuilder(5 + LENGTH).append(year).append('-');
        for (int i = 0; i < LENGTH; i++) {
            drawn.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new RequestRef(drawn.toString());
    }

    /** Empty where the text cannot be one. Letters may be small. */
    public static Optional<RequestRef> of(String text) {
        String upper = text == null ? "" : text.strip().toUpperCase(Locale.ROOT);
        return FORM.matcher(upper).matches() ? Optional.of(new RequestRef(upper)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
