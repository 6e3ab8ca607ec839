package fr.portailfamille.launcher.demonstration;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;

/** Who has an account in the demonstration town, and who is to make one. */
public final class DemonstrationPeople {

    /** What a person is to the town. */
    public enum Role {
        AGENT,
        CITIZEN,
        /** Known to Enfance, without an account: the visitor signs up in this name. */
        NEWCOMER
    }

    /**
     * One person.
     *
     * @param accountCode the code abonné of the family; empty for agents
     * @param birthDate of one of the children; null for agents
     * @param note why one would sign in as this person
     */
    public record Person(
            Role role,
            String civility,
            String lastName,
            String firstName,
            String email,
            String accountCode,
            LocalDate birthDate,
            String note) {}

    private DemonstrationPeople() {}

    /** The people of a town opened on that day. */
    public static List<Person> of(LocalDate today) throws IOException {
        RowTemplate template = new RowTemplate(DemonstrationDates.of(today));
        return DemonstrationLots.lines("people.csv").stream()
                .skip(1)
                .flatMap(template::expand)
                .map(row -> row.split(",", -1))
                .map(DemonstrationPeople::person)
                .toList();
    }

    private static Person person(String[] cells) {
        return new Person(
                Role.valueOf(cells[0].toUpperCase(java.util.Locale.ROOT)),
                cells[1],
                cells[2],
                cells[3],
                cells[4],
                cells[5],
                cells[6].isEmpty() ? null : LocalDate.parse(cells[6]),
                cells[7]);
    }
}
