package fr.portailfamille.backoffice;

import fr.portailfamille.agent.Menu;
import fr.portailfamille.booking.ExceededDays;
import fr.portailfamille.exchange.LotDesk;
import fr.portailfamille.exchange.LotDesk.Attention;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** What the agent may open. */
@Named
@RequestScoped
public class HomePage {

    /** A way on; title and text are keys of the bundle. */
    public record Tile(Menu menu, String path, String icon, String title, String text) {}

    private static final List<Tile> TILES = List.of(
            new Tile(Menu.DEMANDES, "demandes", "list", "requests.title", "home.requests"),
            new Tile(Menu.COMPTES_CITOYENS, "comptes-citoyens", "person", "citizens.title", "home.citizens"),
            new Tile(Menu.COMPTES_METIERS, "comptes-metiers", "link", "business.title", "home.business"),
            new Tile(Menu.INDIVIDUS, "individus", "family", "individuals.title", "home.individuals"),
            new Tile(Menu.PLACES, ExceededDaysPage.PATH, "calendar", "exceeded.title", "home.places"),
            new Tile(Menu.ETAT_DES_TRAITEMENTS, "traitements", "gear", "runs.menu", "home.runs"),
            new Tile(Menu.CLES_D_ECHANGE, "cles-d-echange", "lock", "keys.title", "home.keys"),
            new Tile(Menu.NOTIFICATIONS, "notifications", "bell", "notifications.menu", "home.notifications"));

    @Inject
    private AgentContext agent;

    @Inject
    private LotDesk lots;

    @Inject
    private ExceededDays exceeded;

    private Attention attention = Attention.NONE;
    private long exceededDays;

    @PostConstruct
    void look() {
        if (agent.may(Menu.ETAT_DES_TRAITEMENTS)) {
            attention = lots.attention();
        }
        if (agent.may(Menu.PLACES)) {
            exceededDays = exceeded.count();
        }
    }

    /** Lots that wait for the agent, as far as the agent may decide on them. */
    public Attention getLots() {
        return attention;
    }

    /** Days to come with more bookings than places; none where the agent may not look at them. */
    public long getExceededDays() {
        return exceededDays;
    }

    public List<Tile> getTiles() {
        return TILES.stream().filter(tile -> agent.may(tile.menu())).toList();
    }
}
