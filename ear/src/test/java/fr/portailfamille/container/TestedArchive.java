package fr.portailfamille.container;

import fr.portailfamille.launcher.CaughtMails;
import fr.portailfamille.launcher.Problem;
import fr.portailfamille.launcher.Project;
import fr.portailfamille.launcher.Waiting;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.Filters;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ExplodedImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The EAR as it ships, with the tests beside its applications. */
public final class TestedArchive {
    private static final String WAR = "container-tests.war";
    private static final String DESCRIPTOR = "META-INF/application.xml";

    private TestedArchive() {}

    @Deployment
    public static EnterpriseArchive archive() {
        EnterpriseArchive ear = ShrinkWrap.createFromZipFile(
                EnterpriseArchive.class, Project.archive().toFile());
        ear.addAsModule(Testable.archiveToTest(tests()));
        // The archive names its applications; one that is not named is not deployed.
        String descriptor = text(ear)
                .replace(
                        "<library-directory>",
                        "<module><web><web-uri>%s</web-uri><context-root>/container-tests</context-root></web></module><library-directory>"
                                .formatted(WAR));
        ear.delete("/" + DESCRIPTOR);
        ear.add(new StringAsset(descriptor), DESCRIPTOR);
        return ear;
    }

    private static WebArchive tests() {
        JavaArchive classes = ShrinkWrap.create(ExplodedImporter.class, "test-classes.jar")
                .importDirectory(place(TestedArchive.class))
                .as(JavaArchive.class);
        return ShrinkWrap.create(WebArchive.class, WAR)
                .merge(classes, "WEB-INF/classes", Filters.exclude(".*(E2E|/browser/|/architecture/).*"))
                .addAsLibrary(place(Assertions.class))
                // Reads what the instance's mail catcher received.
                .addClasses(CaughtMails.class, Waiting.class, Problem.class)
                // Test callers are signed in with the one, see TestCaller; the other stands in for a gateway, see
                // SmsStub.
                .addAsManifestResource(
                        new StringAsset("Dependencies: org.wildfly.security.elytron, jdk.httpserver\n"), "MANIFEST.MF")
                .addAsWebInfResource(
                        new StringAsset(
                                "<beans xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"4.0\" bean-discovery-mode=\"annotated\"/>"),
                        "beans.xml");
    }

    private static File place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toFile();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(EnterpriseArchive ear) {
        try (InputStream in = ear.get(DESCRIPTOR).getAsset().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
