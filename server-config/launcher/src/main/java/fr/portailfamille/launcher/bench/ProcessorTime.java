package fr.portailfamille.launcher.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** CPU seconds of processes and of the children they have or had, from Linux's {@code /proc}; 0 elsewhere. */
final class ProcessorTime {

    private static final double TICKS_PER_SECOND = 100;
    private static final int USER = 13;
    private static final int CHILDREN_SYSTEM = 16;

    private ProcessorTime() {}

    static double of(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                        .mapToDouble(each -> ticks(each.pid(), each.equals(process)))
                        .sum()
                / TICKS_PER_SECOND;
    }

    /** Time of children that have ended counts with the parent only. */
    private static double ticks(long pid, boolean withEnded) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
            double ticks = 0;
            int last = withEnded ? CHILDREN_SYSTEM : USER + 1;
            for (int i = USER; i <= last; i++) {
                // The first two fields stand before the part that was split.
                ticks += Double.parseDouble(fields.get(i - 2));
            }
            return ticks;
        } catch (IOException e) {
            return 0;
        }
    }
}
