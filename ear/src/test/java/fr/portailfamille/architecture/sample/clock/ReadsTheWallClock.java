package fr.portailfamille.architecture.sample.clock;

import java.time.LocalDate;
import java.time.ZoneId;

class ReadsTheWallClock {
    static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @SuppressWarnings("JavaTimeDefaultTimeZone")
    LocalDate today() {
        return LocalDate.now();
    }
}
