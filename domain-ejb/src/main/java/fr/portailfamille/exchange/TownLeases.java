package fr.portailfamille.exchange;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Who applies lots of a town, and who looks after its drop folder: one node, one lot at a time. The lease is an advisory
 * lock of PostgreSQL on a connection of its own, so that it ends with the process that holds it, however that ends, and
 * never before.
 */
@ApplicationScoped
public class TownLeases {

    private static final Logger LOG = Logger.getLogger(TownLeases.class.getName());

    private static final int ANSWERS_WITHIN_SECONDS = 5;

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource dataSource;

    /** Towns with lots that are due, for any node to look at; first the one that has waited longest for its turn. */
    public List<Integer> townsWithDueLots(Instant now) {
        try (Handle handle = Jdbi.open(dataSource)) {
            return handle.createQuery("select town_id from work_due where kind = 'LOT' and due_at <= :now"
                            + " group by town_id order by min(due_at), town_id")
                    .bind("now", now.atOffset(ZoneOffset.UTC))
                    .mapTo(Integer.class)
                    .list();
        }
    }

    /** The lease of the town, unless somebody has it: another node, or this one. */
    public Optional<Lease> acquire(int town) {
        return acquire(QueueLock.RUNNING, town);
    }

    /** As {@link #acquire}, of the town's drop folder. */
    public Optional<Lease> acquireFolder(int town) {
        return acquire(QueueLock.FOLDER, town);
    }

    private Optional<Lease> acquire(int kind, int town) {
        Connection connection = null;
        try {
            connection = dataSource.getConnection();
            if (lock(connection, kind, town)) {
                return Optional.of(new Lease(kind, town, connection));
            }
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "The lease of town " + town + " could not be asked for", e);
        }
        close(connection);
        return Optional.empty();
    }

    private static boolean lock(Connection connection, int kind, int town) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
            lock.setInt(1, kind);
            lock.setInt(2, town);
            try (ResultSet answer = lock.executeQuery()) {
                return answer.next() && answer.getBoolean(1);
            }
        }
    }

    private static void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            LOG.log(Level.FINE, "A connection that had ended", e);
        }
    }

    /** The right to apply the town's lots or to look after its folder, for as long as it is not given back and its connection lives. */
    public static final class Lease implements AutoCloseable {

        private final int kind;
        private final int town;
        private final Connection connection;

        private Lease(int kind, int town, Connection connection) {
            this.kind = kind;
            this.town = town;
            this.connection = connection;
        }

        /** False once the database ended the connection: the lease may be another node's by now. */
        public boolean held() {
            try {
                return connection.isValid(ANSWERS_WITHIN_SECONDS);
            } catch (SQLException e) {
                LOG.log(Level.FINE, "A connection that had ended", e);
                return false;
            }
        }

        @Override
        public void close() {
            try (PreparedStatement unlock = connection.prepareStatement("select pg_advisory_unlock(?, ?)")) {
                unlock.setInt(1, kind);
                unlock.setInt(2, town);
                unlock.execute();
            } catch (SQLException e) {
                LOG.log(Level.WARNING, "The lease of town " + town + " ended with its connection", e);
            }
            TownLeases.close(connection);
        }
    }
}
