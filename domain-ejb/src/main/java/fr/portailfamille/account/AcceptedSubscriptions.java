package fr.portailfamille.account;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.request.RequestDecided;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

/** A subscription that the account could not prove, and that the town or its business application accepted, is made. */
@ApplicationScoped
class AcceptedSubscriptions {

    @Inject
    private Subscribing subscribing;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    private record Accepted(long account, String code) {}

    void make(@Observes RequestDecided decided) {
        database.read(handle -> handle.createQuery("""
                                select account_id, comment from request
                                 where town_id = :town and id = :request and type = 'SUBSCRIPTION' and state = 'ACCEPTED'
                                   and comment is not null""")
                        .bind("town", town.id())
                        .bind("request", decided.requestId())
                        .map((row, context) -> new Accepted(row.getLong("account_id"), row.getString("comment")))
                        .findOne())
                .ifPresent(accepted -> SubscriptionCode.of(accepted.code())
                        .ifPresent(code -> subscribing.accepted(accepted.account(), code)));
    }
}
