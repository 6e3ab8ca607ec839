package fr.portailfamille.exchange.format;

import static fr.portailfamille.exchange.format.ColumnKit.byKey;
import static fr.portailfamille.exchange.format.ColumnKit.link;
import static fr.portailfamille.exchange.format.ColumnKit.of;
import static fr.portailfamille.exchange.format.ColumnKit.ref;
import static fr.portailfamille.exchange.format.ColumnKit.word;

import fr.portailfamille.exchange.format.FileFormat.Trait;
import java.util.List;

/** Registrations and bookings. */
final class PlaceFiles {

    private PlaceFiles() {}

    static List<FileFormat> registrations() {
        return List.of(new FileFormat(
                "registrations.csv",
                "registration",
                "registration_seq",
                Trait.REGISTRATIONS,
                List.of(ref("registration_ref")),
                List.of(
                        ref("registration_ref"),
                        link("individual_ref", "individuals.csv", "individual_id")
                                .must(),
                        link("family_ref", "families.csv", "family_id").must(),
                        link("schedule_ref", "schedules.csv", "schedule_id").must(),
                        of("start", Kind.DATE).into("start_day").must(),
                        of("end", Kind.DATE).into("end_day").must(),
                        of("weekdays", Kind.WEEKDAYS),
                        word("status", "active", "waiting", "ended").must())));
    }

    static List<FileFormat> bookings() {
        return List.of(byKey(
                "bookings.csv",
                "booking",
                Trait.BOOKINGS,
                3,
                link("individual_ref", "individuals.csv", "individual_id").must(),
                link("schedule_ref", "schedules.csv", "schedule_id").must(),
                of("date", Kind.DATE).into("day").must(),
                word("state", "booked", "absent", "none").must(),
                link("family_ref", "families.csv", "family_id")));
    }
}
