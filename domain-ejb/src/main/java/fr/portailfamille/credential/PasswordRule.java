package fr.portailfamille.credential;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a password must be: the guides' rule as the floor (8 characters, a digit, a lower and an upper case letter), and
 * not one of those that everybody tries first. Twelve characters and more are recommended.
 */
public final class PasswordRule {

    /** What is wrong with a password; the name leads to the message. */
    public enum Flaw {
        TOO_SHORT,
        TOO_LONG,
        NO_DIGIT,
        NO_LOWER_CASE,
        NO_UPPER_CASE,
        TOO_COMMON,
        LIKE_THE_EMAIL
    }

    public static final int LEAST = 8;
    public static final int RECOMMENDED = 12;

    /** Longer ones would only make hashing dearer. */
    public static final int MOST = 200;

    private static final Set<String> COMMON = common();

    private PasswordRule() {}

    /** Everything that is wrong with it; empty = it may be used. */
    public static List<Flaw> flaws(String password, String email) {
        List<Flaw> flaws = new ArrayList<>();
        int length = password.codePointCount(0, password.length());
        if (length < LEAST) {
            flaws.add(Flaw.TOO_SHORT);
        }
        if (length > MOST) {
            flaws.add(Flaw.TOO_LONG);
        }
        if (password.codePoints().noneMatch(Character::isDigit)) {
            flaws.add(Flaw.NO_DIGIT);
        }
        if (password.codePoints().noneMatch(Character::isLowerCase)) {
            flaws.add(Flaw.NO_LOWER_CASE);
        }
        if (password.codePoints().noneMatch(Character::isUpperCase)) {
            flaws.add(Flaw.NO_UPPER_CASE);
        }
        if (COMMON.contains(stem(password))) {
            flaws.add(Flaw.TOO_COMMON);
        }
        String mailbox = stem(email.replaceFirst("@.*", ""));
        if (mailbox.length() > 3 && stem(password).contains(mailbox)) {
            flaws.add(Flaw.LIKE_THE_EMAIL);
        }
        return flaws;
    }

    public static boolean recommended(String password) {
        return password.codePointCount(0, password.length()) >= RECOMMENDED;
    }

    /** Azerty123! and azerty are tried by the same guess: compare without case, usual replacements, digits and signs. */
    private static String stem(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceFirst("[^\\p{L}]+$", "")
                .replace('@', 'a')
                .replace('0', 'o')
                .replace('$', 's')
                .replaceAll("[^\\p{L}]", "");
    }

    private static Set<String> common() {
        try (InputStream list = Objects.requireNonNull(
                        PasswordRule.class.getResourceAsStream("common-passwords.txt"), "common-passwords.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(PasswordRule::stem)
                    .filter(stem -> !stem.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
