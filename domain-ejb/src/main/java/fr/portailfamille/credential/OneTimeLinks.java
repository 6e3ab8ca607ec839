package fr.portailfamille.credential;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.OptionalLong;

/**
 * Links that are sent by e-mail and work once: 256 random bits, of which only the hash is stored. Sending again makes
 * the earlier link void. Showing a page with the token must not use it up (mail scanners follow links): pages call
 * {@link #subject} on GET and {@link #redeem} on POST. Works inside the running transaction of a town.
 */
@ApplicationScoped
public class OneTimeLinks {

    /** What a link is for; a token of one purpose does nothing for another. */
    public enum Purpose {
        ACCOUNT_ACTIVATION,
        ACCOUNT_PASSWORD,
        ACCOUNT_EMAIL,
        AGENT_ACTIVATION,
        AGENT_PASSWORD
    }

    /** How long every link works. */
    public static final Duration VALIDITY = Duration.ofHours(24);

    /**
     * A drawn link.
     *
     * @param token for the address; never stored, never logged
     * @param validUntil the instant from which it does not work any more
     */
    public record Link(String token, Instant validUntil) {}

    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    @Inject
    private Clock clock;

    /** Draws a new link for the subject; earlier ones of the same purpose stop working. */
    public Link draw(Purpose purpose, long subject) {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        Instant now = clock.instant();
        database.write(handle -> {
            handle.createUpdate("update one_time_link set used_at = :now where town_id = :town and purpose = :purpose "
                            + "and subject_id = :subject and used_at is null")
                    .bind("now", now)
                    .bind("town", town.id())
                    .bind("purpose", purpose)
                    .bind("subject", subject)
                    .execute();
            handle.createUpdate(
                            "insert into one_time_link (town_id, purpose, subject_id, token_hash, created_at, expires_at) "
                                    + "values (:town, :purpose, :subject, :hash, :now, :until)")
                    .bind("town", town.id())
                    .bind("purpose", purpose)
                    .bind("subject", subject)
                    .bind("hash", hash(token))
                    .bind("now", now)
                    .bind("until", now.plus(VALIDITY))
                    .execute();
        });
        return new Link(token, now.plus(VALIDITY));
    }

    /** Whom the token was sent to, when it would still work; uses nothing up. */
    public OptionalLong subject(Purpose purpose, String token) {
        return find(
                "select subject_id from one_time_link where town_id = :town and purpose = :purpose "
                        + "and token_hash = :hash and used_at is null and expires_at > :now",
                purpose,
                token);
    }

    /** Whom the token was sent to, once: of two at the same time one gets it. */
    public OptionalLong redeem(Purpose purpose, String token) {
        return find(
                "update one_time_link set used_at = :now where town_id = :town and purpose = :purpose "
                        + "and token_hash = :hash and used_at is null and expires_at > :now returning subject_id",
                purpose,
                token);
    }

    private OptionalLong find(String sql, Purpose purpose, String token) {
        return database.read(handle -> handle.createQuery(sql)
                .bind("town", town.id())
                .bind("purpose", purpose)
                .bind("hash", hash(token))
                .bind("now", clock.instant())
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty));
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
