package fr.portailfamille.common;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.ExcludeDefaultInterceptors;
import java.time.Clock;
import java.time.LocalDate;

/** Sees to it that the change log has a partition for this month and the next ones. Knows no town and reads no row. */
@Stateless
@RolesAllowed("SYSTEM")
@ExcludeDefaultInterceptors
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ChangeLogMonths {

    /** A server that is down for two months still finds its partition when it comes back. */
    static final int AHEAD = 3;

    @Inject
    private Database database;

    @Inject
    private Clock clock;

    /** How many were missing. */
    public int provide() {
        LocalDate today = LocalDate.now(clock);
        return database.read(handle -> {
            int made = 0;
            for (int month = 0; month <= AHEAD; month++) {
                boolean missing = handle.createQuery("select provide_change_log(:day)")
                        .bind("day", today.plusMonths(month))
                        .mapTo(boolean.class)
                        .one();
                made += missing ? 1 : 0;
            }
            return made;
        });
    }
}
