package fr.portailfamille.exchange.format;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All files of all flows: the one place to ask which columns there are. Parents stand before what refers to them. */
public final class Formats {

    private static final Map<Flow, List<FileFormat>> FILES = Map.of(
            Flow.REFERENCE, ReferenceFiles.all(),
            Flow.INDIVIDUALS, IndividualFiles.all(),
            Flow.REGISTRATIONS, PlaceFiles.registrations(),
            Flow.BOOKINGS, PlaceFiles.bookings(),
            Flow.DECISIONS, DecisionFiles.all(),
            Flow.BILLING, BillingFiles.all());

    /** Not received but sent: the file that references to requests come from. */
    private static final FileFormat REQUESTS = DecisionFiles.requests();

    private Formats() {}

    public static List<FileFormat> of(Flow flow) {
        return FILES.getOrDefault(flow, List.of());
    }

    public static Optional<FileFormat> of(Flow flow, String file) {
        return of(flow).stream().filter(format -> format.name().equals(file)).findFirst();
    }

    /** The flow that the file comes with. */
    public static Flow flowOf(FileFormat file) {
        return FILES.entrySet().stream()
                .filter(flow -> flow.getValue().contains(file))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Of no flow: " + file.name()));
    }

    /** The file by its name, whatever its flow. */
    public static FileFormat named(String file) {
        return Stream.concat(Stream.of(REQUESTS), FILES.values().stream().flatMap(List::stream))
                .filter(format -> format.name().equals(file))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such file: " + file));
    }
}
