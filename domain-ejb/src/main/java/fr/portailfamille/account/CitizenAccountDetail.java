package fr.portailfamille.account;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A citizen account with its dates and what it is subscribed to. */
public record CitizenAccountDetail(
        CitizenAccountRow account,
        Instant createdAt,
        @Nullable Instant activatedAt,
        @Nullable Instant lastSignInAt,
        long requests,
        List<Subscribed> subscriptions) {

    public CitizenAccountDetail {
        subscriptions = List.copyOf(subscriptions);
    }

    /** A business account that it is subscribed to; family is null where the business application named none. */
    public record Subscribed(
            long businessAccount,
            String universe,
            String code,
            String name,
            @Nullable Long family,
            Instant since) {}
}
