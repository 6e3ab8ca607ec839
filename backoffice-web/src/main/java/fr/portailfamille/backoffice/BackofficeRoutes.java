package fr.portailfamille.backoffice;

import fr.portailfamille.agent.Menu;
import fr.portailfamille.web.Route;
import fr.portailfamille.web.RouteTable;
import fr.portailfamille.web.TownRouteFilter;
import jakarta.servlet.annotation.WebFilter;
import java.util.List;

/** All pages of the back-office, and the menu that opens each. */
@WebFilter("/*")
public class BackofficeRoutes extends TownRouteFilter {

    private static final long serialVersionUID = 1L;

    static final String HOME = "accueil";
    static final String SIGN_IN = "connexion";
    static final String RUNS = "traitements";
    static final String IMPORT = "importer-un-lot";
    static final String CITIZENS = "comptes-citoyens";

    private static final RouteTable ROUTES = new RouteTable(
            SIGN_IN,
            List.of(
                    Route.forRole(Menu.AGENT, HOME, "/pages/home.xhtml"),
                    Route.open(SIGN_IN, "/pages/sign-in.xhtml"),
                    Route.open("mot-de-passe-oublie", "/pages/forgotten.xhtml"),
                    Route.open(LinkPage.ACTIVATION, "/pages/link.xhtml"),
                    Route.open(LinkPage.NEW_PASSWORD, "/pages/link.xhtml"),
                    menu(Menu.COMPTES_CITOYENS, CITIZENS, "/pages/citizen-accounts.xhtml"),
                    menu(Menu.COMPTES_CITOYENS, "nouveau-compte-citoyen", "/pages/new-citizen.xhtml"),
                    menu(Menu.COMPTES_METIERS, "comptes-metiers", "/pages/business-accounts.xhtml"),
                    menu(Menu.INDIVIDUS, "individus", "/pages/individuals.xhtml"),
                    menu(Menu.PLACES, ExceededDaysPage.PATH, "/pages/exceeded-days.xhtml"),
                    menu(Menu.DEMANDES, "demandes", "/pages/requests.xhtml"),
                    menu(Menu.ETAT_DES_TRAITEMENTS, RUNS, "/pages/runs.xhtml"),
                    menu(Menu.ETAT_DES_TRAITEMENTS, IMPORT, "/pages/import.xhtml"),
                    menu(Menu.CLES_D_ECHANGE, "cles-d-echange", "/pages/keys.xhtml"),
                    menu(Menu.NOTIFICATIONS, NotificationsPage.PATH, "/pages/notifications.xhtml"),
                    menu(Menu.NOTIFICATIONS, UnsentNoticesPage.PATH, "/pages/unsent-notices.xhtml"),
                    menu(Menu.NOTIFICATIONS, LogoPage.PATH, "/pages/logo.xhtml")));

    private static Route menu(Menu menu, String path, String view) {
        return Route.forRole(menu.role(), path, view);
    }

    @Override
    protected RouteTable routes() {
        return ROUTES;
    }

    @Override
    protected boolean takesFiles(Route route) {
        return route.path().equals(IMPORT) || route.path().equals(LogoPage.PATH);
    }
}
