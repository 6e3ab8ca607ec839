package fr.portailfamille.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file system of a few megabytes that really gets full, for drills. It lies in memory and is mounted where only the
 * database sees it, in a mount namespace that ends with the database, and all in it. That takes Linux and {@code unshare}
 * of util-linux, but neither root nor a device.
 */
record SmallDisk(Path place, int megabytes) {

    private static final String MOUNT = "mount -t tmpfs -o \"$1\" tmpfs \"$2\" && shift 2 && exec \"$@\"";

    /** The command, which finds the disk mounted. */
    List<String> around(OrdinaryUser user, List<String> command) {
        List<String> all = new ArrayList<>(List.of("unshare", "--mount"));
        if (!"root".equals(System.getProperty("user.name"))) {
            all.addAll(List.of("--user", "--map-current-user", "--keep-caps"));
        }
        all.addAll(List.of(
                "sh", "-c", MOUNT, "sh", user.mountOptions() + "mode=0700,size=" + megabytes + "m", place.toString()));
        all.addAll(user.command(command));
        return all;
    }

    void requirePossible(OrdinaryUser user) {
        Commands.Outcome outcome = Commands.run(around(user, List.of("true")));
        if (outcome.exit() != 0) {
            throw new Problem(
                    "This machine lets nobody mount a small disk (unshare, user namespaces): there is none to "
                            + "fill.\n" + outcome.output());
        }
    }
}
