package fr.portailfamille.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** WildFly, from the provisioned programs and with a base folder of the instance's own. */
final class ServerProcess {
    /** What bin/common.sh of the server adds; started without it so that the process id is Java's own. */
    private static final List<String> MODULAR = List.of(
            "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

    private static final Duration BOOT = Duration.ofMinutes(5);

    private final Path home;
    private final StateFolder state;
    private final Ports ports;
    private final Path base;
    private final Path logs;
    private final OwnProcess process;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /** @param node empty for the instance's first server; further ones over the same database have names */
    ServerProcess(Path home, StateFolder state, Ports ports, String node) {
        this.home = home;
        this.state = state;
        this.ports = ports;
        this.base = state.server(node);
        this.logs = state.serverLogs(node);
        this.process = new OwnProcess(state.process(node.isEmpty() ? "server" : "server-" + node));
    }

    OwnProcess process() {
        return process;
    }

    private Path log() {
        return logs.resolve("server.log");
    }

    Path deployments() {
        return base.resolve("deployments");
    }

    /** Starts it and waits until all that lies in the deployments folder answers. */
    void start(String heap, List<String> options, Map<String, String> environment) {
        prepareBase();
        List<String> command = new ArrayList<>(List.of(Commands.java(), "-D[Standalone]", "-Xms64m", "-Xmx" + heap));
        command.addAll(List.of(
                "-XX:MetaspaceSize=128m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8",
                "-Djboss.modules.system.pkgs=org.jboss.byteman"));
        command.addAll(MODULAR);
        command.addAll(options);
        command.addAll(List.of(
                "-Dorg.jboss.boot.log.file=" + log(),
                "-Dlogging.configuration=file:" + base.resolve("configuration/logging.properties"),
                "-Djboss.server.log.dir=" + logs,
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString(),
                "org.jboss.as.standalone",
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + base,
                "-Djboss.http.port=" + ports.http(),
                "-Djboss.https.port=" + ports.https(),
                "-Djboss.management.http.port=" + ports.management()));
        process.start(command, environment, base, logs.resolve("console.log"));
        awaitReady();
    }

    void stop() {
        process.stop(Duration.ofSeconds(60));
    }

    /**
     * The base folder follows the provisioned one whenever that changes; until then, what an administrator changed in
     * the console stays.
     */
    private void prepareBase() {
        Path provisioned = home.resolve("standalone");
        Path copied = base.resolve("configuration/provisioned.xml");
        try {
            Path configuration = provisioned.resolve("configuration/standalone.xml");
            if (!Files.exists(copied) || Files.mismatch(configuration, copied) >= 0) {
                StateFolder.copyTree(provisioned, base);
                Files.copy(configuration, copied, StandardCopyOption.REPLACE_EXISTING);
            }
            Path users = base.resolve("configuration/mgmt-users.properties");
            StateFolder.writePrivate(users, "admin=" + digest("admin:ManagementRealm:" + state.secret("console")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Puts the archive in the folder for the server to take at its start. */
    void stage(Path archive) {
        try {
            Files.createDirectories(deployments());
            clearDeployments();
            Path target = deployments().resolve(archive.getFileName());
            Files.copy(archive, target);
            Files.createFile(marker(target, "dodeploy"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void clearDeployments() {
        if (!Files.isDirectory(deployments())) {
            return;
        }
        try (Stream<Path> files = Files.list(deployments())) {
            for (Path file :
                    files.filter(file -> file.toString().contains(".ear")).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the archive in the running server and waits until it is deployed. */
    void deploy(Path archive) {
        Path target = deployments().resolve(archive.getFileName());
        Path draft = deployments().resolve(archive.getFileName() + ".tmp");
        try {
            Files.copy(archive, draft, StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(marker(target, "failed"));
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Path asked = marker(target, "dodeploy");
            Files.writeString(asked, "");
            Instant end = Instant.now().plus(BOOT);
            while (Files.exists(asked)
                    || Files.exists(marker(target, "isdeploying"))
                    || !(Files.exists(marker(target, "deployed")) || Files.exists(marker(target, "failed")))) {
                requireAlive(end);
                Waiting.aMoment();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        requireNothingFailed();
    }

    private static Path marker(Path archive, String state) {
        return archive.resolveSibling(archive.getFileName() + "." + state);
    }

    private void awaitReady() {
        Instant end = Instant.now().plus(BOOT);
        while (!ready()) {
            requireAlive(end);
            requireNothingFailed();
            Waiting.aMoment();
        }
        requireNothingFailed();
    }

    boolean ready() {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/health/ready".formatted(ports.management())))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("Interrupted", e);
        }
    }

    private void requireAlive(Instant end) {
        if (!process.isRunning()) {
            requireNothingFailed();
            throw new Problem(
                    "The server ended while it started. The end of its log (" + log() + "):\n" + tail(log(), 30));
        }
        if (Instant.now().isAfter(end)) {
            throw new Problem(
                    "The server was not ready after %d minutes; its log is %s".formatted(BOOT.toMinutes(), log()));
        }
    }

    private void requireNothingFailed() {
        if (!Files.isDirectory(deployments())) {
            return;
        }
        try (Stream<Path> files = Files.list(deployments())) {
            for (Path failed :
                    files.filter(file -> file.toString().endsWith(".failed")).toList()) {
                throw new Problem(
                        "The application did not deploy. The log is %s\n%s".formatted(log(), Files.readString(failed)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String tail(Path file, int lines) {
        try {
            if (!Files.exists(file)) {
                return "";
            }
            List<String> all = Files.readAllLines(file);
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
