package fr.portailfamille.exchange;

import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Who applies lots of a town: one node, one lot at a time. The lease is an advisory lock of PostgreSQL on a connection of
 * its own, so that it ends with the process that holds it, however that ends, and never before.
 */
@ApplicationScoped
public class TownLeases {

    private static final Logger LOG = Logger.getLogger(TownLeases.class.getName());

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource dataSource;

    private final ConcurrentMap<Integer, Connection> held = new ConcurrentHashMap<>();

    /** Towns with lots that are due, for any node to look at. */
    public List<Integer> townsWithDueLots(java.time.Instant now) {
        try (org.jdbi.v3.core.Handle handle = org.jdbi.v3.core.Jdbi.open(dataSource)) {
            return handle.createQuery(
                            "select distinct town_id from work_due where kind = 'LOT' and due_at <= :now order by town_id")
                    .bind("now", now.atOffset(java.time.ZoneOffset.UTC))
                    .mapTo(Integer.class)
                    .list();
        }
    }

    /** Whether the lease was free and is this node's now; false also when this node has it already. */
    public boolean acquire(int town) {
        if (held.containsKey(town)) {
            return false;
        }
        Connection connection = null;
        try {
            connection = dataSource.getConnection();
            if (lock(connection, town) && held.putIfAbsent(town, connection) == null) {
                return true;
            }
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "The lease of town " + town + " could not be asked for", e);
        }
        close(connection);
        return false;
    }

    public void release(int town) {
        Connection connection = held.remove(town);
        if (connection != null) {
            try (PreparedStatement unlock = connection.prepareStatement("select pg_advisory_unlock(?, ?)")) {
                unlock.setInt(1, QueueLock.RUNNING);
                unlock.setInt(2, town);
                unlock.execute();
            } catch (SQLException e) {
                LOG.log(Level.WARNING, "The lease of town " + town + " ended with its connection", e);
            }
            close(connection);
        }
    }

    private static boolean lock(Connection connection, int town) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
            lock.setInt(1, QueueLock.RUNNING);
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

    @PreDestroy
    void releaseAll() {
        List.copyOf(held.keySet()).forEach(this::release);
    }
}
