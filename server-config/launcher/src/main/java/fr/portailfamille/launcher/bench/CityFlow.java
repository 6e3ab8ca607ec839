package fr.portailfamille.launcher.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The flows of a city's first night: their lot, the tables they fill (parents first), and what is to be reached. */
enum CityFlow {
    REFERENCE(
            "01_reference.zip",
            0,
            0,
            "regie",
            "facility",
            "school_class",
            "activity",
            "schedule",
            "schedule_date",
            "period",
            "incompatibility",
            "booking_rule",
            "document_type",
            "code"),
    INDIVIDUALS(
            "02_individuals.zip",
            0.8,
            0.3,
            "family",
            "business_account",
            "individual",
            "class_assignment",
            "membership",
            "pickup_contact",
            "allergy",
            "vaccination"),
    REGISTRATIONS("03_registrations.zip", 0.8, 0.3, "registration"),
    BOOKINGS("04_bookings.zip", 3, 0.15, "booking");

    private final String lot;
    private final double speed;
    private final double unchanged;
    private final List<String> tables;

    CityFlow(String lot, double speed, double unchanged, String... tables) {
        this.lot = lot;
        this.speed = speed;
        this.unchanged = unchanged;
        this.tables = List.of(tables);
    }

    String lot() {
        return lot;
    }

    /** Share of the speed of COPY to reach; 0 = none is asked for. */
    double speed() {
        return speed;
    }

    /** Share of the time of COPY that the same content may take again. */
    double unchanged() {
        return unchanged;
    }

    /** Whether all of its rows are changed too; of bookings some are, which the other days' are in the way of. */
    boolean changes() {
        return this == INDIVIDUALS || this == REGISTRATIONS;
    }

    List<String> tables() {
        return tables;
    }

    static List<String> allTables() {
        return Arrays.stream(values()).flatMap(flow -> flow.tables.stream()).toList();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
