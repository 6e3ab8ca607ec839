package fr.portailfamille.account;

import fr.portailfamille.common.Caller;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Mes abonnements: the families that the caller's account is subscribed to, and « M'abonner ». */
@Stateless
@RolesAllowed("CITIZEN")
public class MySubscriptions {

    @Resource
    private SessionContext context;

    @Inject
    private Accounts accounts;

    @Inject
    private BusinessAccounts businessAccounts;

    @Inject
    private Subscribing subscribing;

    public List<SubscriptionRow> list() {
        return businessAccounts.subscriptionsOf(account());
    }

    /** Active at once where proved, without signing in again. */
    public SubscriptionOutcome subscribe(SubscriptionCode code, Optional<LocalDate> childBirthDate) {
        return subscribing.subscribe(accounts.byId(account()).orElseThrow(), new Claim(code, childBirthDate));
    }

    private long account() {
        return Caller.of(context.getCallerPrincipal())
                .filter(caller -> caller.kind() == Caller.Kind.CITIZEN)
                .map(Caller::id)
                .orElseThrow(() -> new EJBAccessException("Not a citizen account"));
    }
}
