package fr.portailfamille.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class AgentTest {

    @Test
    void roles_are_those_of_the_menus_and_the_one_of_every_agent() {
        assertThat(agent(null, null, Set.of(Menu.INDIVIDUS, Menu.DEMANDES)).roles())
                .containsExactly("AGENT", "MENU_DEMANDES", "MENU_INDIVIDUS");
        assertThat(agent(null, null, Set.of()).roles()).containsExactly("AGENT");
    }

    @Test
    void the_address_stands_for_a_name_as_long_as_there_is_none() {
        assertThat(agent(null, null, Set.of()).name()).isEqualTo("mairie@ville.example");
        assertThat(agent("ROUX", "Odette", Set.of()).name()).isEqualTo("Odette ROUX");
        assertThat(agent("ROUX", null, Set.of()).name()).isEqualTo("ROUX");
    }

    private static Agent agent(String lastName, String firstName, Set<Menu> menus) {
        return new Agent(1, "mairie@ville.example", lastName, firstName, null, Agent.State.INVITED, 0, menus);
    }
}
