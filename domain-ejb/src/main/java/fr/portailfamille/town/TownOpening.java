package fr.portailfamille.town;

import fr.portailfamille.common.TownVaults;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.interceptor.ExcludeDefaultInterceptors;
import java.time.Clock;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Opens towns, for the operator of the platform. Stands outside the walls: the town is not there yet. */
@Stateless
@RolesAllowed({"OPERATOR", "SYSTEM"})
@ExcludeDefaultInterceptors
public class TownOpening {

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource dataSource;

    @Inject
    private TownVaults vaults;

    @Inject
    private Clock clock;

    /**
     * Opens the town, or finds it open already under the same code.
     *
     * @return its id
     */
    public int open(TownCode code, String name) {
        try (Handle handle = Jdbi.open(dataSource)) {
            handle.createUpdate("insert into town (code, name, sender_name, data_key, opened_at) "
                            + "values (:code, :name, :name, :key, :now) on conflict (code) do nothing")
                    .bind("code", code.value())
                    .bind("name", name)
                    .bind("key", vaults.newWrappedKey(code.value()))
                    .bind("now", clock.instant())
                    .execute();
            return handle.createQuery("select id from town where code = :code")
                    .bind("code", code.value())
                    .mapTo(int.class)
                    .one();
        }
    }
}
