package fr.portailfamille.common;

import org.eclipse.persistence.config.SessionCustomizer;
import org.eclipse.persistence.sessions.Session;

/**
 * Lets a failing read fail at once. EclipseLink would otherwise ask a dead database again for ten seconds, inside a
 * transaction that PostgreSQL has given up already.
 */
public final class FailFastReads implements SessionCustomizer {
    @Override
    public void customize(Session session) {
        session.getLogin().setQueryRetryAttemptCount(0);
    }
}
