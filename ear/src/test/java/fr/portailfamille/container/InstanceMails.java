package fr.portailfamille.container;

import fr.portailfamille.launcher.CaughtMails;
import java.nio.file.Path;

/** What the mail catcher received, for tests inside the server of its instance. */
public final class InstanceMails {
    private InstanceMails() {}

    public static CaughtMails caught() {
        // An instance keeps both folders side by side.
        return new CaughtMails(
                Path.of(System.getProperty("jboss.server.base.dir")).resolveSibling("mails"));
    }
}
