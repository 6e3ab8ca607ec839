package fr.portailfamille.credential;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and verifies passwords: PBKDF2 with HMAC-SHA-512, 210,000 rounds (the OWASP recommendation), a salt each. It is
 * dear on purpose, so only so many run at once: a rush of sign-ins queues here instead of starving every page.
 */
@ApplicationScoped
public class Passwords {

    private static final int AT_ONCE = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

    private final Semaphore running = new Semaphore(AT_ONCE, true);

    @Inject
    private Pbkdf2PasswordHash algorithm;

    /** Verified against when the account is unknown, so that time does not tell. */
    private String nobody = "";

    @PostConstruct
    void configure() {
        algorithm.initialize(Map.of(
                "Pbkdf2PasswordHash.Algorithm", "PBKDF2WithHmacSHA512",
                "Pbkdf2PasswordHash.Iterations", "210000",
                "Pbkdf2PasswordHash.SaltSizeBytes", "16",
                "Pbkdf2PasswordHash.KeySizeBytes", "32"));
        nobody = algorithm.generate("nobody".toCharArray());
    }

    public String hash(String password) {
        return queued(() -> algorithm.generate(password.toCharArray()));
    }

    /** With no stored hash (nobody has that name) it takes as long and answers no. */
    public boolean verify(String password, @Nullable String storedHash) {
        if (password.length() > PasswordRule.MOST) {
            return false;
        }
        return queued(() -> algorithm.verify(password.toCharArray(), storedHash == null ? nobody : storedHash))
                && storedHash != null;
    }

    private <R> R queued(Supplier<R> work) {
        running.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            running.release();
        }
    }
}
