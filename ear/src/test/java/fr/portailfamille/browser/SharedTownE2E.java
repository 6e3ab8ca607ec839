package fr.portailfamille.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import fr.portailfamille.account.PortalVisit;
import fr.portailfamille.exchange.SharedLots;
import fr.portailfamille.exchange.SharedLots.SharedLot;
import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.LotImport;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A parent of a town that came in by lots has nothing but the code on a letter, and finds the children's real week. */
@Tag("browser")
@Tag("P2")
@Tag("P8")
@ExtendWith(InBrowser.class)
class SharedTownE2E {

    private static final String TOWN = "ville-rare";
    private static final LocalDate MONDAY = LocalDate.of(2027, 1, 11);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    private static final Map<String, String> WORDS = Map.of("booked", "Réservé", "absent", "Absent");

    private final Instance instance = TestInstance.get();

    private record Child(String ref, String name, LocalDate born) {}

    /** A family of the lots, and what its children's week says, a line per booking. */
    private record Family(String code, List<Child> children, TreeSet<String> week) {}

    @Test
    void signs_up_with_the_code_and_a_birth_date_and_sees_the_week_that_the_town_knows(Page page) throws SQLException {
        List<SharedLot> lots = SharedLots.of(TOWN);
        instance.api().openTown(TOWN, "Ville des places rares", "mairie@ville-rare.invalid");
        assertThat(new LotImport(instance.api(), System.out)
                        .send(TOWN, lots.stream().map(SharedLot::zip).toList(), false))
                .isTrue();
        Family family = family(lots);

        PortalVisit visit = PortalVisit.toTown(page, TOWN);
        String email = "parent." + System.nanoTime() + "@famille.invalid";
        visit.open("creer-un-compte").fillSignUp(email);
        page.fill("#code", family.code());
        page.fill("#birthDate", DAY.format(family.children().get(0).born()));
        visit.submit();
        page.waitForURL("**/creer-un-compte/confirmation");
        page.navigate(visit.linkSentTo(email, 1));
        visit.submit();
        visit.signIn(email, PortalVisit.PASSWORD);
        visit.open("espace-famille/activites?jour=" + MONDAY);

        assertThat(page.locator("#planning tbody").count())
                .isEqualTo(family.children().size());
        assertThat(shown(page)).isEqualTo(family.week());
    }

    /** The first one with two children who are not shared and have a meal and an absence in that week. */
    private static Family family(List<SharedLot> lots) {
        Map<String, String> activities = new HashMap<>();
        Map<String, String> schedules = new HashMap<>();
        SharedLot reference = ofFlow(lots, "reference");
        reference.forEachRow(
                "activities.csv", (line, row) -> activities.put(row.getField("activity_ref"), row.getField("name")));
        reference.forEachRow(
                "schedules.csv",
                (line, row) ->
                        schedules.put(row.getField("schedule_ref"), activities.get(row.getField("activity_ref"))));
        Map<String, TreeMap<String, String>> weeks = new HashMap<>();
        ofFlow(lots, "bookings").forEachRow("bookings.csv", (line, row) -> {
            LocalDate day = LocalDate.parse(row.getField("date"));
            if (!day.isBefore(MONDAY) && day.isBefore(MONDAY.plusDays(7))) {
                weeks.computeIfAbsent(row.getField("individual_ref"), ref -> new TreeMap<>())
                        .put(schedules.get(row.getField("schedule_ref")) + " " + day, WORDS.get(row.getField("state")));
            }
        });

        SharedLot individuals = ofFlow(lots, "individuals");
        Map<String, Child> people = new HashMap<>();
        individuals.forEachRow("individuals.csv", (line, row) -> {
            if (!row.getField("birth_date").isEmpty()) {
                String ref = row.getField("individual_ref");
                people.put(
                        ref,
                        new Child(
                                ref,
                                row.getField("first_name") + " " + row.getField("last_name"),
                                LocalDate.parse(row.getField("birth_date"))));
            }
        });
        Map<String, List<Child>> children = new TreeMap<>();
        Map<String, Integer> memberships = new HashMap<>();
        individuals.forEachRow("memberships.csv", (line, row) -> {
            memberships.merge(row.getField("individual_ref"), 1, Integer::sum);
            if (row.getField("role").equals("child")) {
                children.computeIfAbsent(row.getField("family_ref"), ref -> new ArrayList<>())
                        .add(people.get(row.getField("individual_ref")));
            }
        });
        Map<String, String> codes = new HashMap<>();
        individuals.forEachRow(
                "families.csv", (line, row) -> codes.put(row.getField("family_ref"), row.getField("account_code")));

        for (Map.Entry<String, List<Child>> each : children.entrySet()) {
            TreeSet<String> week = new TreeSet<>();
            for (Child child : each.getValue()) {
                weeks.getOrDefault(child.ref(), new TreeMap<>())
                        .forEach((when, state) -> week.add(child.name() + " " + when + " " + state));
            }
            boolean own = each.getValue().stream().allMatch(child -> memberships.get(child.ref()) == 1);
            if (own
                    && each.getValue().size() > 1
                    && week.toString().contains("Absent")
                    && week.toString().contains("Réservé")) {
                return new Family(codes.get(each.getKey()), each.getValue(), week);
            }
        }
        throw new AssertionError("No such family in " + lots);
    }

    private static SharedLot ofFlow(List<SharedLot> lots, String flow) {
        return lots.stream().filter(lot -> lot.flow().equals(flow)).findFirst().orElseThrow();
    }

    private static TreeSet<String> shown(Page page) {
        Object lines = page.evaluate("""
                [...document.querySelectorAll('#planning tbody')].flatMap(child => {
                  const name = child.querySelector('.plan-child th').lastChild.textContent.trim();
                  return [...child.querySelectorAll('tr[data-activity]')].flatMap(row =>
                    [...row.querySelectorAll('td[data-day]')].map(cell =>
                      [name, row.querySelector('.plan-activity').textContent, cell.dataset.day,
                       cell.querySelector('.plan-state')?.textContent.trim()].join(' ')));
                }).filter(line => / (Réservé|Absent)$/.test(line))""");
        TreeSet<String> found = new TreeSet<>();
        ((List<?>) lines).forEach(line -> found.add((String) line));
        return found;
    }
}
