package fr.portailfamille.launcher;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs programs of the operating system. */
final class Commands {
    private Commands() {}

    /** Where a program lies on the search path. */
    static Optional<Path> find(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Makes the command leader of its own session, so that Ctrl-C in the terminal reaches only the launcher. */
    static List<String> detached(List<String> command) {
        List<String> all = new ArrayList<>();
        find("setsid").ifPresent(setsid -> all.add(setsid.toString()));
        all.addAll(command);
        return all;
    }

    record Outcome(int exit, String output) {}

    /**
     * Runs a command to its end. The output goes through a file: a daemon that the command leaves behind would hold a
     * pipe open for ever.
     */
    static Outcome run(List<String> command) {
        try {
            Path output = Files.createTempFile("portail", ".out");
            try {
                Process process = new ProcessBuilder(command)
                        .directory(new File("/"))
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .redirectOutput(output.toFile())
                        .redirectErrorStream(true)
                        .start();
                int exit = process.waitFor();
                return new Outcome(exit, Files.readString(output).strip());
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Problem("Interrupted while running " + command.get(0), e);
        }
    }

    /** Runs a command that must succeed. */
    static String require(String what, List<String> command) {
        Outcome outcome = run(command);
        if (outcome.exit() != 0) {
            throw new Problem(what + " failed:\n" + outcome.output());
        }
        return outcome.output();
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
