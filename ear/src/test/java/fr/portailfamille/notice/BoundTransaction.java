package fr.portailfamille.notice;

import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import javax.sql.DataSource;

/** A transaction bound to a town as the wall binds those of the boundaries. */
public record BoundTransaction(
        UserTransaction transaction, TransactionSynchronizationRegistry registry, DataSource dataSource, int town) {

    public interface Act {
        void run() throws Exception;
    }

    public void commit(Act act) throws Exception {
        begin();
        act.run();
        transaction.commit();
    }

    public void rollBack(Act act) throws Exception {
        begin();
        act.run();
        transaction.rollback();
    }

    private void begin() throws Exception {
        transaction.begin();
        registry.putResource("fr.portailfamille.town", town);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement setting = connection.prepareStatement("select set_config('portal.town', ?, true)")) {
            setting.setString(1, Integer.toString(town));
            setting.execute();
        }
    }
}
