package fr.portailfamille.common;

import java.security.Principal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who calls, as told by the name of the principal: {@code f:7:1234} is the citizen account 1234 of town 7,
 * {@code a:…} an agent, {@code x:…} an exchange key.
 */
public record Caller(Kind kind, int town, long id) {

    /** What a caller is; one principal is never of two kinds. */
    public enum Kind {
        CITIZEN('f'),
        AGENT('a'),
        EXCHANGE('x');

        private final char letter;

        Kind(char letter) {
            this.letter = letter;
        }

        private static Kind of(char letter) {
            for (Kind kind : values()) {
                if (kind.letter == letter) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("No kind of caller: " + letter);
        }
    }

    private static final Pattern NAME = Pattern.compile("([fax]):(\\d{1,9}):(\\d{1,18})");

    public static Caller citizen(int town, long account) {
        return new Caller(Kind.CITIZEN, town, account);
    }

    public static Caller agent(int town, long agent) {
        return new Caller(Kind.AGENT, town, agent);
    }

    public static Caller exchange(int town, long key) {
        return new Caller(Kind.EXCHANGE, town, key);
    }

    /** Empty for anonymous and for the gate's own identity. */
    public static Optional<Caller> of(Principal principal) {
        if (principal == null || principal.getName() == null) {
            return Optional.empty();
        }
        Matcher name = NAME.matcher(principal.getName());
        return name.matches()
                ? Optional.of(new Caller(
                        Kind.of(name.group(1).charAt(0)),
                        Integer.parseInt(name.group(2)),
                        Long.parseLong(name.group(3))))
                : Optional.empty();
    }

    /** The name that a login gives its principal. */
    public String principalName() {
        return kind.letter + ":" + town + ":" + id;
    }
}
