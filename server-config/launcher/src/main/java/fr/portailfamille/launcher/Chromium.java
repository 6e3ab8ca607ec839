package fr.portailfamille.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser of the machine, for tests and screenshots. */
public final class Chromium {
    private Chromium() {}

    /** Its program, installed by the system's packages where that can be done without asking anybody. */
    public static Path require() {
        return find().or(Chromium::install)
                .orElseThrow(() -> new Problem("The browser tests need Chromium, which is not installed. "
                        + "Debian and Ubuntu: apt install chromium. Another browser of the family: set "
                        + "PORTAIL_CHROMIUM to its program."));
    }

    private static Optional<Path> find() {
        String told = System.getenv("PORTAIL_CHROMIUM");
        if (told != null) {
            return Optional.of(Path.of(told));
        }
        return Stream.of("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
                .map(Commands::find)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Path> install() {
        boolean root = "root".equals(System.getProperty("user.name"));
        if (Commands.find("apt-get").isEmpty()
                || (!root && Commands.run(List.of("sudo", "-n", "true")).exit() != 0)) {
            return Optional.empty();
        }
        System.err.println("Installing Chromium with apt …");
        List<String> apt = new ArrayList<>(root ? List.of() : List.of("sudo", "-n"));
        apt.addAll(List.of("apt-get", "-y", "-q"));
        List<String> update = new ArrayList<>(apt);
        update.add("update");
        List<String> install = new ArrayList<>(apt);
        install.addAll(List.of("install", "--no-install-recommends", "chromium", "fonts-dejavu-core"));
        Commands.run(update);
        Commands.run(install);
        return find();
    }
}
