package fr.portailfamille.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * A portal on this machine: database, mail catcher, and WildFly with the application. Each part can be started, stopped
 * and killed alone. Parts that run already are left as they are, also when another process started them.
 */
public final class Instance {
    private final StateFolder state;
    private final Ports ports;
    private final Path archive;
    private final String heap;
    private final String node;
    private final List<String> serverOptions;
    private final Map<String, String> environment;
    private final Optional<DatabaseAddress> givenDatabase;
    private final boolean givenMailServer;
    private final OptionalInt smallDisk;
    private final ServerProcess server;
    private final OwnProcess mailCatcher;
    private LocalPostgres postgres;

    private Instance(Builder builder) {
        state = builder.state;
        ports = builder.ports;
        archive = builder.archive;
        heap = builder.heap;
        node = builder.node;
        serverOptions = List.copyOf(builder.serverOptions);
        environment = Map.copyOf(builder.environment);
        givenDatabase = Optional.ofNullable(builder.database);
        givenMailServer = environment.containsKey("SMTP_HOST");
        smallDisk = builder.smallDisk;
        server = new ServerProcess(builder.home, state, ports, node);
        mailCatcher = new OwnProcess(state.process("mails"));
    }

    /** With the folders of the project that this launcher was built in. */
    public static Builder in(Path stateFolder) {
        return new Builder(stateFolder);
    }

    public void start() {
        requirePorts();
        startDatabase();
        startMailCatcher();
        startServer();
    }

    /** Says which port is taken before anything is started. */
    void requirePorts() {
        if (!databaseRuns()) {
            Ports.requireFree("PostgreSQL", ports.database());
        }
        if (!mailCatcherRuns()) {
            Ports.requireFree("mail catcher", ports.smtp());
        }
        if (!serverRuns()) {
            ports.ofServer().forEach(Ports::requireFree);
        }
    }

    /** Starts PostgreSQL, unless a server was given, and prepares roles and schemas. */
    public void startDatabase() {
        String mark = "portail " + state.id();
        if (givenDatabase.isPresent()) {
            Roles.requireNotAnothers(database(), mark);
        } else {
            postgres().start();
        }
        Roles.prepare(database(), mark, state.secret("owner"), state.secret("application"));
        if (smallDisk.isPresent()) {
            Roles.moveTo(smallDisk(), database());
        }
    }

    public void startMailCatcher() {
        if (givenMailServer || mailCatcher.isRunning()) {
            return;
        }
        mailCatcher.start(
                List.of(
                        Commands.java(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MailCatcher.class.getName(),
                        Integer.toString(ports.smtp()),
                        state.mails().toString()),
                Map.of(),
                state.root(),
                state.log("mails.log"));
    }

    /** Starts WildFly with the archive, and waits until the application answers. */
    public void startServer() {
        if (server.process().isRunning()) {
            return;
        }
        save();
        if (Files.exists(archive)) {
            server.stage(archive);
        } else {
            server.clearDeployments();
        }
        server.start(heap, serverOptions, serverEnvironment());
    }

    public void stop() {
        stopServer();
        mailCatcher.stop(Duration.ofSeconds(10));
        stopDatabase();
    }

    /** Stops everything and deletes the state folder: data, mails, secrets and logs. */
    public void discard() {
        stop();
        if (givenDatabase.isEmpty()) {
            postgres().discard();
        }
        try {
            StateFolder.deleteTree(state.root());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stopServer() {
        server.stop();
    }

    public void stopDatabase() {
        if (givenDatabase.isEmpty()) {
            postgres().stop();
        }
    }

    /** As a power cut would end it. */
    public void killServer() {
        server.process().kill();
    }

    /** As a power cut would end it. A database that was given is not this instance's to kill. */
    public void killDatabase() {
        if (givenDatabase.isPresent()) {
            throw new IllegalStateException("The database was given: " + database());
        }
        postgres().kill();
    }

    /** Puts this archive in the place of the one that runs, without a restart. */
    public void deploy(Path newer) {
        server.deploy(newer);
    }

    /** Blocks while the server runs. */
    public void awaitEnd() {
        server.process().await();
    }

    public boolean serverRuns() {
        return server.process().isRunning();
    }

    public boolean ready() {
        return serverRuns() && server.ready();
    }

    public boolean databaseRuns() {
        return givenDatabase.isPresent() || postgres().isRunning();
    }

    /** Whether any process of its own runs; a database or mail server that was given is not stopped. */
    public boolean anythingToStop() {
        return serverRuns()
                || mailCatcher.isRunning()
                || (givenDatabase.isEmpty() && postgres().isRunning());
    }

    String mailCatcherState() {
        if (givenMailServer) {
            return "none, mails go to " + environment.get("SMTP_HOST");
        }
        return mailCatcher.isRunning() ? "running, port " + ports.smtp() : "stopped";
    }

    public boolean mailCatcherRuns() {
        return givenMailServer || mailCatcher.isRunning();
    }

    /** The process of the server, for measurements. */
    public Optional<ProcessHandle> serverProcess() {
        return server.process().running();
    }

    /** The process of the database, for measurements; none where the database was given. */
    public Optional<ProcessHandle> databaseProcess() {
        return givenDatabase.isPresent() ? Optional.empty() : postgres().postmaster();
    }

    public Ports ports() {
        return ports;
    }

    public StateFolder state() {
        return state;
    }

    /** Where the database finds the disk that {@link Builder#smallDisk} gave it. */
    public Path smallDisk() {
        return postgres().smallDisk();
    }

    /** Where families and agents find the portal, as it stands in mails. */
    public String baseUrl() {
        return environment.getOrDefault("PORTAIL_BASE_URL", "http://localhost:" + ports.http());
    }

    public CaughtMails mails() {
        return new CaughtMails(state.mails());
    }

    public PortalApi api() {
        return new PortalApi("http://127.0.0.1:" + ports.http(), state);
    }

    public DatabaseAddress database() {
        return givenDatabase.orElseGet(() -> postgres().address());
    }

    /** As the owner, who sees every town. */
    public Connection connectAsOwner() throws SQLException {
        return database().connect(Roles.OWNER, state.secret("owner"));
    }

    /** As the server's administrator, in the portal's database. */
    public Connection connectAsAdministrator() throws SQLException {
        return database().connectAdministrator(database().name());
    }

    /** As the application, behind row-level security; nothing is visible until {@code portal.town} is set. */
    public Connection connectAsApplication() throws SQLException {
        return database().connect(Roles.APPLICATION, state.secret("application"));
    }

    private LocalPostgres postgres() {
        if (postgres == null) {
            postgres = new LocalPostgres(state, ports.database(), smallDisk);
        }
        return postgres;
    }

    private Map<String, String> serverEnvironment() {
        DatabaseAddress database = database();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("PORTAIL_DB_HOST", database.host());
        all.put("PORTAIL_DB_PORT", Integer.toString(database.port()));
        all.put("PORTAIL_DB_NAME", database.name());
        all.put("PORTAIL_OWNER_USER", Roles.OWNER);
        all.put("PORTAIL_OWNER_PASSWORD", state.secret("owner"));
        all.put("PORTAIL_APP_USER", Roles.APPLICATION);
        all.put("PORTAIL_APP_PASSWORD", state.secret("application"));
        all.put("SMTP_HOST", "127.0.0.1");
        all.put("SMTP_PORT", Integer.toString(ports.smtp()));
        all.put("PORTAIL_BASE_URL", baseUrl());
        all.put("PORTAIL_MASTER_KEY_FILE", state.secretFile("master").toString());
        all.put("PORTAIL_OPERATOR_KEY_FILE", state.secretFile("operator").toString());
        all.putAll(environment);
        return all;
    }

    private void save() {
        if (node.isEmpty()) {
            state.saveSettings(ports.settings());
        }
    }

    /** Says where an instance lives and how it is to run. Left alone: usual ports, own database, own mail catcher. */
    public static final class Builder {
        private final StateFolder state;
        private Ports ports = Ports.offset(0);
        private Path home = Project.server();
        private Path archive = Project.archive();
        private String heap = "768m";
        private String node = "";
        private final List<String> serverOptions = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private DatabaseAddress database;
        private OptionalInt smallDisk = OptionalInt.empty();

        private Builder(Path stateFolder) {
            state = new StateFolder(stateFolder);
        }

        public Builder ports(Ports chosen) {
            ports = chosen;
            return this;
        }

        public Builder portOffset(int offset) {
            return ports(Ports.offset(offset));
        }

        /** The ports of the last start in that folder, for a process that joins a running instance. */
        public Builder portsOfLastStart() {
            Properties saved = state.settings();
            return saved.isEmpty() ? this : ports(Ports.saved(saved));
        }

        /** The provisioned WildFly. */
        public Builder server(Path provisioned) {
            home = provisioned;
            return this;
        }

        /** The EAR; one that does not exist makes a server without an application. */
        public Builder archive(Path ear) {
            archive = ear;
            return this;
        }

        /** The server's largest heap, as Java's -Xmx takes it. */
        public Builder heap(String size) {
            heap = size;
            return this;
        }

        /**
         * A further server over the database, mails and secrets of the instance in that folder, which has to run. Needs ports
         * of its own for the server, and the first instance's for the rest: {@link Ports#withServerOf}. Only its server is
         * to be started, stopped and killed.
         */
        public Builder node(String name) {
            node = name;
            return environment("PORTAIL_NODE", name);
        }

        /** A further option for the server's Java. */
        public Builder serverOption(String option) {
            serverOptions.add(option);
            return this;
        }

        /** The portal's clock starts at this instant and may be moved. */
        public Builder testClock(Instant start) {
            environment.put("PORTAIL_TEST_CLOCK", start.toString());
            return testing();
        }

        /** Allows what only tests may do, moving the clock for one. */
        public Builder testing() {
            return environment("PORTAIL_TEST", "true");
        }

        /** A variable of the server's environment. */
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** A PostgreSQL that somebody else runs. */
        public Builder database(DatabaseAddress given) {
            database = given;
            return this;
        }

        /**
         * The portal's database lies on a disk of so many megabytes, which ends with the database: it can be started once. For
         * drills that fill it.
         */
        public Builder smallDisk(int megabytes) {
            smallDisk = OptionalInt.of(megabytes);
            return this;
        }

        public Builder mailServer(String host, int port) {
            return environment("SMTP_HOST", host).environment("SMTP_PORT", Integer.toString(port));
        }

        public Instance build() {
            return new Instance(this);
        }
    }
}
