package fr.portailfamille.backoffice;

import fr.portailfamille.agent.Menu;
import fr.portailfamille.web.Visitor;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;

/** What the agent's profiles open: {@code #{agent.may('INDIVIDUS')}}. */
@Named("agent")
@RequestScoped
public class AgentContext {

    @Inject
    private Visitor visitor;

    public boolean may(Menu menu) {
        return visitor.has(menu.role());
    }

    public boolean isWithoutMenus() {
        return Arrays.stream(Menu.values()).noneMatch(this::may);
    }
}
