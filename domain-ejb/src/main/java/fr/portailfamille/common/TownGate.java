package fr.portailfamille.common;

import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.interceptor.ExcludeDefaultInterceptors;
import java.util.function.Supplier;

/**
 * The one way into a town for work that has no caller of that town: jobs, timers, and visitors who have not signed in.
 * Inside, work boundaries (role {@code SYSTEM}) may be called and their transactions are bound to the town.
 *
 * <p>Opens no transaction of its own, so each boundary called inside has its own, unless the caller has one already.
 */
@Stateless
@RunAs("SYSTEM")
@PermitAll
@ExcludeDefaultInterceptors
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class TownGate {

    @Resource
    private SessionContext context;

    /**
     * Does the work in the scope of the town.
     *
     * @throws WrongTownException when the caller is signed in for another town, or work of another town is under way
     */
    public <R> R inTown(int town, Supplier<R> work) {
        Caller.of(context.getCallerPrincipal())
                .filter(caller -> caller.town() != town)
                .ifPresent(caller -> {
                    throw new WrongTownException("A caller of town " + caller.town() + " asked for town " + town);
                });
        Runnable leave = TownScope.enter(town);
        try {
            return work.get();
        } finally {
            leave.run();
        }
    }

    /** As {@link #inTown(int, Supplier)}, for work that gives nothing back. */
    public void doInTown(int town, Runnable work) {
        inTown(town, () -> {
            work.run();
            return null;
        });
    }
}
