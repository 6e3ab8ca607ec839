package fr.portailfamille.account;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A business account with what Enfance says, what an agent made of it, and who is subscribed.
 *
 * @param importedName as the business application calls it
 * @param lastName as an agent edited it; null when nobody did, or Enfance has said something else since
 */
public record BusinessAccountDetail(
        BusinessAccountRow account,
        String importedName,
        @Nullable String importedEmail,
        @Nullable String lastName,
        @Nullable String firstName,
        @Nullable String email,
        List<Subscriber> subscribers) {

    public BusinessAccountDetail {
        subscribers = List.copyOf(subscribers);
    }

    /** A citizen account that is subscribed. */
    public record Subscriber(long citizen, String name, String email, Instant since) {}
}
