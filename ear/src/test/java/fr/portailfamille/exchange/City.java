package fr.portailfamille.exchange;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Lots of a town with more bookings than towns have that share a partition: two schedules, of which the second has one
 * place less than there are children, and the last child is registered nowhere.
 */
final class City {
    static final String HEADER = "individual_ref,schedule_ref,date,state";

    /** Rows of {@link #bookings} that are rejected, and one that says there is nothing. */
    static final int REJECTED = 3;

    static final int NOTHING = 1;

    private static final LocalDate FIRST = LocalDate.of(2026, 9, 1);
    private static final LocalDate LAST = LocalDate.of(2027, 7, 6);
    /** A Wednesday, on which neither schedule is open. */
    private static final LocalDate CLOSED = LocalDate.of(2026, 9, 2);

    private static final int CHILDREN = 570;

    private City() {}

    /** All that bookings need. */
    static List<TestLot> lots(String town) {
        List<String> people = new ArrayList<>(List.of("individual_ref,last_name,first_name"));
        List<String> stays = new ArrayList<>(
                List.of("registration_ref,individual_ref,family_ref,schedule_ref,start,end,weekdays,status"));
        for (int i = 1; i <= CHILDREN; i++) {
            people.add("I" + i + ",ROUSSEL,Enfant " + i);
            for (int s = 1; s <= 2 && i < CHILDREN; s++) {
                stays.add("R%d-%d,I%d,F1,S%d,2026-09-01,2027-07-06,1245,active".formatted(i, s, i, s));
            }
        }
        return List.of(
                TestLot.full(town, "reference", 1)
                        .file("facilities.csv", "facility_ref,name,kind", "E1,École des Tilleuls,school")
                        .file(
                                "activities.csv",
                                "activity_ref,name,kind,decision",
                                "CANT,Restauration,canteen,automatic")
                        .file(
                                "schedules.csv",
                                "schedule_ref,activity_ref,facility_ref,start_time,end_time,weekdays,capacity,valid_from,valid_to",
                                "S1,CANT,E1,12:00,13:45,1245,,2026-09-01,2027-07-06",
                                "S2,CANT,E1,16:00,17:45,1245," + (CHILDREN - 1) + ",2026-09-01,2027-07-06")
                        .file("pools.csv", "pool_ref,name,capacity", "P1,Cour," + 3 * CHILDREN)
                        .file("pool_schedules.csv", "pool_ref,schedule_ref", "P1,S1", "P1,S2"),
                TestLot.full(town, "individuals", 1)
                        .file("families.csv", "family_ref,account_code,name", "F1,BL-0000000001,ROUSSEL")
                        .file("individuals.csv", people.toArray(String[]::new)),
                TestLot.full(town, "registrations", 1).file("registrations.csv", stays.toArray(String[]::new)));
    }

    /** So many families of one child each, in a full lot of three files. */
    static TestLot families(String town, long sequence, int families) {
        List<String> accounts = new ArrayList<>(List.of("family_ref,account_code,name"));
        List<String> people = new ArrayList<>(List.of("individual_ref,last_name,first_name"));
        List<String> memberships = new ArrayList<>(List.of("family_ref,individual_ref,role"));
        for (int i = 1; i <= families; i++) {
            accounts.add("F%1$d,BL-%1$010d,ROUSSEL".formatted(i));
            people.add("I" + i + ",ROUSSEL,Enfant " + i);
            memberships.add("F%1$d,I%1$d,child".formatted(i));
        }
        return TestLot.full(town, "individuals", sequence)
                .file("families.csv", accounts.toArray(String[]::new))
                .file("individuals.csv", people.toArray(String[]::new))
                .file("memberships.csv", memberships.toArray(String[]::new));
    }

    /** Lines of bookings.csv, the header first: most booked, some absent, one for each thing that may be wrong. */
    static List<String> bookings() {
        List<String> rows = new ArrayList<>(List.of(HEADER));
        FIRST.datesUntil(LAST.plusDays(1))
                .filter(day -> day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0)
                .filter(day -> day.getDayOfWeek() != DayOfWeek.WEDNESDAY || day.equals(CLOSED))
                .forEach(day -> {
                    for (int i = 1; i <= CHILDREN; i++) {
                        String state = i % 50 == 0 && day.getDayOfMonth() == 15 ? "absent" : "booked";
                        rows.add("I%d,S1,%s,%s".formatted(i, day, state));
                        rows.add("I%d,S2,%s,%s".formatted(i, day, state));
                    }
                });
        rows.add("I9999,S1,2026-09-01,booked");
        rows.add("I1,S1,2026-08-01,booked");
        rows.add("I1,S1,2026-13-01,booked");
        rows.add("I1,S1,2026-09-05,none");
        return rows;
    }
}
