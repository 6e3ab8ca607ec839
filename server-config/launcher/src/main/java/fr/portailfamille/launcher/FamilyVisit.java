package fr.portailfamille.launcher;

import fr.portailfamille.launcher.demonstration.DemonstrationPeople.Person;
import java.util.Map;
import org.jsoup.nodes.Document;

/** Somebody who has signed up and looks at the family's planning, for measurements. */
public final class FamilyVisit {

    private final Visitor visitor = new Visitor();
    private final String planning;

    private FamilyVisit(String planning) {
        this.planning = planning;
    }

    /** Signs up, by forms and mail as people do, and signs in. */
    public static FamilyVisit of(Instance instance, String town, Person person) {
        String password = instance.state().secret("visit-password");
        new SignUps(instance, town, password).signUp(person);
        String portal = "http://localhost:" + instance.ports().http() + "/portail/" + town;
        FamilyVisit visit = new FamilyVisit(portal + "/espace-famille/activites");
        Document after = visit.visitor.submit(
                visit.visitor.open(portal + "/connexion"),
                "signIn",
                Map.of("email", person.email(), "password", password));
        if (after.getElementById("signIn") != null) {
            throw new Problem("Nobody could sign in as " + person.email() + ": " + Visitor.said(after));
        }
        return visit;
    }

    /** Milliseconds until the planning has come. */
    public double look() {
        long start = System.nanoTime();
        Document page = visitor.open(planning);
        double took = (System.nanoTime() - start) / 1e6;
        if (page.getElementById("signIn") != null) {
            throw new Problem("The planning of " + page.location() + " does not show: " + Visitor.said(page));
        }
        return took;
    }
}
