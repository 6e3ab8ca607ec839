package fr.portailfamille.common;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** The vaults of the towns. Data keys are unwrapped once and kept in memory; they never change for a town. */
@ApplicationScoped
public class TownVaults {

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource dataSource;

    private final ConcurrentMap<Integer, TownVault> vaults = new ConcurrentHashMap<>();

    /** A wrapped key for a town about to be opened. */
    public byte[] newWrappedKey(String townCode) {
        return TownVault.newWrappedKey(MasterKey.fromEnvironment(), townCode);
    }

    public TownVault of(int town) {
        TownVault vault = vaults.get(town);
        return vault != null ? vault : vaults.computeIfAbsent(town, this::load);
    }

    private TownVault load(int town) {
        try (var handle = Jdbi.open(dataSource)) {
            return handle.createQuery("select code, data_key from town where id = :town")
                    .bind("town", town)
                    .map((row, context) -> TownVault.unwrap(
                            MasterKey.fromEnvironment(), row.getString("code"), row.getBytes("data_key")))
                    .one();
        }
    }
}
