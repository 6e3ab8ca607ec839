package fr.portailfamille.launcher;

import fr.portailfamille.launcher.demonstration.DemonstrationPeople.Person;
import fr.portailfamille.launcher.demonstration.DemonstrationPeople.Role;
import java.util.Map;
import org.jsoup.nodes.Document;

/** A town's first administrator, signed in to the back-office with a browser that runs no scripts. */
public final class AgentVisit {

    private final Visitor visitor = new Visitor();
    private final String office;

    private AgentVisit(String office) {
        this.office = office;
    }

    /**
     * Chooses a password by the link in the mail, where there is none yet, and signs in.
     *
     * @param email where the invitation went when the town was opened
     */
    public static AgentVisit of(Instance instance, String town, String email) {
        String password = instance.state().password("visit");
        new SignUps(instance, town, password).activateAgent(new Person(Role.AGENT, "", "", "", email, "", null, ""));
        AgentVisit visit = new AgentVisit("http://localhost:" + instance.ports().http() + "/backoffice/" + town);
        Document after = visit.visitor.submit(
                visit.visitor.open(visit.office + "/connexion"), "form", Map.of("email", email, "password", password));
        if (after.getElementById("signIn") != null) {
            throw new Problem("Nobody could sign in as " + email + ": " + Visitor.said(after));
        }
        return visit;
    }

    /** Looks at the first lot that the guard holds, and lets it be applied. */
    public void confirmHeldLot() {
        visitor.press(visitor.press(heldLot(), "askConfirm"), "doConfirm");
    }

    /** Looks at the first lot that the guard holds, and gives it up. */
    public void cancelHeldLot() {
        visitor.press(visitor.press(heldLot(), "askCancel"), "doCancel");
    }

    private Document heldLot() {
        return visitor.press(visitor.open(office + "/traitements"), "lots:0:examine");
    }
}
