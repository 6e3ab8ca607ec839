package fr.portailfamille.common;

import jakarta.annotation.Resource;
import jakarta.ejb.EJBContext;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.AroundTimeout;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.OptionalInt;
import javax.sql.DataSource;

/**
 * Default interceptor of every EJB: binds the transaction to the town of its caller, once, so that row-level security
 * lets it see that town's rows only. A nested REQUIRES_NEW is bound on its own. A second town in one transaction is an
 * error, and so is a transaction without any town.
 */
public class TownWall {

    static final String TOWN_OF_TRANSACTION = "fr.portailfamille.town";

    @Resource
    private EJBContext context;

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource dataSource;

    @Resource
    private TransactionSynchronizationRegistry transaction;

    @AroundInvoke
    @AroundTimeout
    public Object bind(InvocationContext invocation) throws Exception {
        if (transaction.getTransactionStatus() == Status.STATUS_ACTIVE) {
            bindTo(town(invocation));
        }
        return invocation.proceed();
    }

    private void bindTo(int town) throws SQLException {
        Object bound = transaction.getResource(TOWN_OF_TRANSACTION);
        if (bound == null) {
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement setting =
                            connection.prepareStatement("select set_config('portal.town', ?, true)")) {
                setting.setString(1, Integer.toString(town));
                setting.execute();
            }
            transaction.putResource(TOWN_OF_TRANSACTION, town);
        } else if (!bound.equals(town)) {
            throw new WrongTownException("A transaction of town " + bound + " was entered for town " + town);
        }
    }

    /** The scope wins: the gate has already compared it with the caller. */
    private int town(InvocationContext invocation) {
        OptionalInt scope = TownScope.current();
        if (scope.isPresent()) {
            return scope.getAsInt();
        }
        return Caller.of(context.getCallerPrincipal())
                .map(Caller::town)
                .orElseThrow(() -> new WrongTownException("No town for "
                        + invocation.getMethod().getDeclaringClass().getSimpleName() + "."
                        + invocation.getMethod().getName()));
    }
}
