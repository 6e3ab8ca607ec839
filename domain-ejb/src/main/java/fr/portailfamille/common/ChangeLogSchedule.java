package fr.portailfamille.common;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.security.RolesAllowed;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJB;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.interceptor.ExcludeDefaultInterceptors;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** Makes the change log's months ahead, at start and every night, on whichever node is up. */
@Singleton
@Startup
@DependsOn("SchemaUpgrade")
@RunAs("SYSTEM")
@RolesAllowed("SYSTEM")
@ExcludeDefaultInterceptors
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ChangeLogSchedule {

    private static final Logger LOG = System.getLogger(ChangeLogSchedule.class.getName());

    @EJB
    private ChangeLogMonths months;

    @PostConstruct
    @Schedule(hour = "3", minute = "20", persistent = false)
    void provide() {
        try {
            months.provide();
        } catch (RuntimeException e) {
            // Nothing is lost by it: lines of a month without a partition go into the default one. Tomorrow is soon
            // enough.
            LOG.log(Level.WARNING, "The change log's months could not be made ahead", e);
        }
    }
}
