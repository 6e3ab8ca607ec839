package fr.portailfamille.common;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Handles;
import org.jdbi.v3.core.Jdbi;

/**
 * Plain SQL inside the running transaction, for reads that feed a screen and for work on whole sets. The connection is
 * the same physical one as the EntityManager's; pending entity changes must be flushed before they are read here.
 */
@ApplicationScoped
public class Database {

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource dataSource;

    private Jdbi jdbi;

    @PostConstruct
    void open() {
        jdbi = Jdbi.create(dataSource);
        // The transaction is the container's: closing a handle must neither end it nor complain that it goes on.
        jdbi.getConfig(Handles.class).setForceEndTransactions(false);
    }

    public <R> R read(Function<Handle, R> statement) {
        try (Handle handle = jdbi.open()) {
            return statement.apply(handle);
        }
    }

    public void write(Consumer<Handle> statement) {
        try (Handle handle = jdbi.open()) {
            statement.accept(handle);
        }
    }
}
