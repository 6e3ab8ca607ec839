package fr.portailfamille.common;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.interceptor.ExcludeDefaultInterceptors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema up to date before anything else starts, as the owner of the tables. Every other start-up bean
 * depends on it.
 */
@Singleton
@Startup
@PermitAll
@ExcludeDefaultInterceptors
@TransactionManagement(TransactionManagementType.BEAN)
public class SchemaUpgrade {

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @PostConstruct
    void upgrade() {
        Flyway.configure(SchemaUpgrade.class.getClassLoader())
                .dataSource(owner)
                .defaultSchema("app")
                .locations("classpath:db/migration")
                .outOfOrder(true)
                .load()
                .migrate();
    }
}
