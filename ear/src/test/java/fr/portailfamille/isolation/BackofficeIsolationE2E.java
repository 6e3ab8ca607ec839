package fr.portailfamille.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.browser.TestInstance;
import fr.portailfamille.isolation.Guest.Answer;
import fr.portailfamille.isolation.RouteTables.Page;
import fr.portailfamille.launcher.Instance;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An agent reaches what is the own town's and what the own menus open; a family reaches nothing of the back-office. */
@Tag("browser")
class BackofficeIsolationE2E {

    private static final List<Page> PAGES = RouteTables.backoffice();

    private static Instance instance;
    private static SweptTown here;
    private static SweptTown elsewhere;
    private static SweptFamily family;
    private static SweptFamily stranger;

    @BeforeAll
    static void opensTwoTowns() throws SQLException {
        instance = TestInstance.get();
        here = SweptTown.open(instance);
        elsewhere = SweptTown.open(instance);
        family = SweptFamily.in(instance, here, 1);
        stranger = SweptFamily.in(instance, elsewhere, 2);
    }

    private static Guest signedIn(SweptTown town, String agent) {
        Guest guest = new Guest(instance.baseUrl());
        Answer after = guest.signIn(town.backoffice("connexion"), agent, SweptTown.PASSWORD);
        assertThat(after.location()).as(after.toString()).endsWith("/accueil");
        return guest;
    }

    @Test
    void every_route_has_a_case() {
        assertThat(RouteCases.backoffice().keySet())
                .isEqualTo(PAGES.stream().map(Page::path).collect(Collectors.toCollection(TreeSet::new)));
        RouteCases.backoffice()
                .forEach((path, names) ->
                        assertThat(family.values().keySet()).as(path).containsAll(names));
    }

    /** Else the sweeps would look for nothing. */
    @Test
    void agents_of_the_town_are_shown_what_the_sweeps_look_for() {
        Guest guest = signedIn(elsewhere, elsewhere.administrator());
        Map<String, String> values = stranger.values();
        for (String page : List.of(
                "comptes-citoyens?famille=" + values.get("famille"),
                "comptes-metiers?citoyen=" + values.get("citoyen"),
                "individus?famille=" + values.get("famille"),
                "demandes")) {
            Answer answer = guest.get(elsewhere.backoffice(page));
            assertThat(stranger.isIn(answer.body())).as(answer.toString()).isTrue();
        }
        assertThat(guest.get(elsewhere.backoffice("traitements")).body()).contains(elsewhere.mark());
        assertThat(guest.get(elsewhere.backoffice("journees-au-dela-des-places"))
                        .body())
                .contains(elsewhere.mark());
        assertThat(guest.get(elsewhere.backoffice("traitements?traitement=" + values.get("traitement")))
                        .body())
                .contains(elsewhere.lot().toString(), "downloadSent");
    }

    @Test
    void nothing_of_another_town_shows_or_changes() throws SQLException {
        Map<String, String> values = stranger.values();
        Guest guest = signedIn(here, here.administrator());
        Guest theirs = signedIn(elsewhere, elsewhere.administrator());
        String town = elsewhere.rows();
        Sweep sweep = new Sweep(stranger);
        for (Page page : PAGES) {
            Answer mine = sweep.open(guest, here.backoffice(page.path()), values);
            assertThat(mine.body()).as(mine.toString()).doesNotContain(elsewhere.mark());
            sweep.press(guest, mine, values);
            Answer there = sweep.open(guest, elsewhere.backoffice(page.path()), Map.of());
            assertThat(there.body()).as(there.toString()).doesNotContain(elsewhere.mark());
            assertThat(there.location().contains("/connexion?retour="))
                    .as(there.toString())
                    .isEqualTo(page.role().isPresent());
            if (page.role().isPresent()) {
                for (FormElement form : mine.forms()) {
                    sweep.send(guest, elsewhere.backoffice(page.path()), form, Guest.viewState(form));
                }
                // With what is theirs opened, too: its buttons then are in the form.
                for (Map<String, String> opened : List.of(Map.<String, String>of(), values)) {
                    for (FormElement form : new Sweep(family)
                            .open(theirs, elsewhere.backoffice(page.path()), opened)
                            .forms()) {
                        sweep.send(guest, here.backoffice(page.path()), form, Guest.viewState(form));
                    }
                }
            }
        }
        assertThat(elsewhere.rows()).isEqualTo(town);
        assertThat(sweep.asked()).as("requests").isGreaterThan(PAGES.size() * 5);
        assertThat(guest.get(here.backoffice("accueil")).status())
                .as("still signed in")
                .isEqualTo(200);
    }

    @Test
    void an_agent_without_a_menu_opens_the_home_page_and_nothing_else() throws SQLException {
        Guest administrator = signedIn(here, here.administrator());
        Guest guest = signedIn(here, here.agentWithoutMenu());
        Sweep sweep = new Sweep(family);
        for (Page page : PAGES) {
            if (page.role().filter(role -> !role.equals("AGENT")).isEmpty()) {
                continue;
            }
            Answer answer = sweep.open(guest, here.backoffice(page.path()), family.values());
            assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
            for (FormElement form :
                    administrator.get(here.backoffice(page.path())).forms()) {
                sweep.send(guest, here.backoffice(page.path()), form, Guest.viewState(form));
            }
        }
        assertThat(guest.get(here.backoffice("accueil")).status()).isEqualTo(200);
        assertThat(sweep.asked()).isGreaterThan(5);
    }

    @Test
    void a_session_of_one_application_is_none_of_the_other() {
        Guest citizen = new Guest(instance.baseUrl());
        citizen.signIn(here.portal("connexion"), family.email(), SweptTown.PASSWORD);
        Guest agent = signedIn(here, here.administrator());
        for (Page page : PAGES) {
            if (page.role().isPresent()) {
                refused(citizen.get(here.backoffice(page.path())));
                refused(shown(citizen.sessionAt("/portail"), here.backoffice(page.path())));
            }
        }
        for (Page page : RouteTables.portal()) {
            if (page.role().isPresent()) {
                refused(agent.get(here.portal(page.path())));
                refused(shown(agent.sessionAt("/backoffice"), here.portal(page.path())));
            }
        }
    }

    @Test
    void credentials_of_one_application_are_refused_by_the_other() {
        Guest guest = new Guest(instance.baseUrl());
        assertThat(guest.signIn(here.backoffice("connexion"), family.email(), SweptTown.PASSWORD)
                        .location())
                .isEmpty();
        assertThat(guest.signIn(here.portal("connexion"), here.administrator(), SweptTown.PASSWORD)
                        .location())
                .isEmpty();
        refused(guest.get(here.backoffice("accueil")));
        refused(guest.get(here.portal("mon-espace")));
    }

    @Test
    void a_key_of_the_exchange_opens_no_page() {
        Guest guest = new Guest(instance.baseUrl());
        Map<String, String> bearer = Map.of("Authorization", "Bearer " + here.key());
        for (Page page : PAGES) {
            if (page.role().isPresent()) {
                refused(guest.get(here.backoffice(page.path()), bearer));
            }
        }
        refused(guest.get(here.portal("mon-espace"), bearer));
    }

    private static Answer shown(String session, String address) {
        return new Guest(instance.baseUrl()).get(address, Map.of("Cookie", "JSESSIONID=" + session));
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(303);
        assertThat(answer.location()).as(answer.toString()).contains("/connexion?retour=");
    }
}
