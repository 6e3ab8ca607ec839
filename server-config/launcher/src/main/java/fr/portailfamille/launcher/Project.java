package fr.portailfamille.launcher;

import java.nio.file.Path;

/** Where the build puts its products. */
public final class Project {
    private Project() {}

    /** The root of the clone; the command says it, and tests of a module find it above them. */
    public static Path root() {
        String told = System.getProperty("portail.home");
        if (told != null) {
            return Path.of(told);
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !folder.resolve(".mvn").toFile().isDirectory()) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new Problem("Not inside the project; set the system property portail.home");
        }
        return folder;
    }

    static Path server() {
        return root().resolve("server-config/target/server");
    }

    public static Path archive() {
        return root().resolve("ear/target/portail-famille.ear");
    }
}
