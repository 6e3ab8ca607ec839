package fr.portailfamille.browser;

import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.Project;
import java.nio.file.Path;

/** The instance that {@code ./portail test} started, with the application as it ships. */
public final class TestInstance {
    private static Instance deployed;

    private TestInstance() {}

    public static synchronized Instance get() {
        if (deployed == null) {
            Instance instance = Instance.in(Path.of(System.getProperty("portail.instance")))
                    .portsOfLastStart()
                    .build();
            instance.deploy(Project.archive());
            deployed = instance;
        }
        return deployed;
    }
}
