package fr.portailfamille.account;

import fr.portailfamille.common.TownVaults;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Proof of not being a robot, without a third party, a picture or a click: the browser looks for the number whose hash
 * was given (the scheme of ALTCHA), which costs a person nothing and a flood of sign-ups a lot. Nothing is stored for a
 * puzzle; its signature says that it is ours, for this town, and until when. A solution serves once on each node.
 */
@ApplicationScoped
public class RobotCheck {

    /** Half of it is tried on average: some tenths of a second on a telephone. */
    private static final int LARGEST = 30_000;

    private static final Duration VALIDITY = Duration.ofMinutes(60);
    private static final int REMEMBERED = 100_000;
    private static final Pattern ANSWER = Pattern.compile("([0-9a-f]{24}\\.\\d{1,12}):(\\d{1,6}):([0-9a-f]{64})");
    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * What the browser has to solve: a number up to {@code largest} with {@code sha256(salt + number) = target}.
     *
     * @param signature goes back with the answer {@code salt:number:signature}
     */
    public record Puzzle(String salt, String target, int largest, String signature) {}

    @Inject
    private TownVaults vaults;

    @Inject
    private Clock clock;

    private final Map<String, Instant> used = new ConcurrentHashMap<>();

    public Puzzle puzzle(int town) {
        byte[] bits = new byte[12];
        RANDOM.nextBytes(bits);
        long until = clock.instant().plus(VALIDITY).getEpochSecond();
        String salt = HexFormat.of().formatHex(bits) + "." + until;
        String target = sha256(salt + RANDOM.nextInt(LARGEST));
        return new Puzzle(salt, target, LARGEST, sign(town, salt, target));
    }

    /** Whether the answer solves a puzzle of this town that is neither too old nor used. */
    public boolean accepts(int town, String answer) {
        Matcher parts = ANSWER.matcher(answer);
        if (!parts.matches()) {
            return false;
        }
        String salt = parts.group(1);
        String signature = sign(town, salt, sha256(salt + Integer.parseInt(parts.group(2))));
        Instant until = Instant.ofEpochSecond(Long.parseLong(salt.substring(salt.indexOf('.') + 1)));
        Instant now = clock.instant();
        return MessageDigest.isEqual(
                        signature.getBytes(StandardCharsets.US_ASCII),
                        parts.group(3).getBytes(StandardCharsets.US_ASCII))
                && now.isBefore(until)
                && useOnce(salt, until, now);
    }

    private boolean useOnce(String salt, Instant until, Instant now) {
        if (used.size() >= REMEMBERED) {
            used.values().removeIf(now::isAfter);
        }
        return used.size() < REMEMBERED && used.putIfAbsent(salt, until) == null;
    }

    private String sign(int town, String salt, String target) {
        return HexFormat.of()
                .formatHex(Objects.requireNonNull(vaults.of(town).mac("robot-check/" + salt + "/" + target)));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
