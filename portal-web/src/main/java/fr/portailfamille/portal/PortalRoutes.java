package fr.portailfamille.portal;

import static fr.portailfamille.web.Route.forRole;
import static fr.portailfamille.web.Route.open;

import fr.portailfamille.web.RouteTable;
import fr.portailfamille.web.TownRouteFilter;
import jakarta.servlet.annotation.WebFilter;
import java.util.List;

/** All pages of the portal. */
@WebFilter("/*")
public class PortalRoutes extends TownRouteFilter {

    private static final long serialVersionUID = 1L;
    private static final String CITIZEN = "CITIZEN";

    @Override
    protected RouteTable routes() {
        return new RouteTable(
                "connexion",
                List.of(
                        open("accueil", "/views/home.xhtml"),
                        open("connexion", "/views/sign-in.xhtml"),
                        open("creer-un-compte", "/views/sign-up.xhtml"),
                        open("creer-un-compte/confirmation", "/views/sign-up-sent.xhtml"),
                        open("activation", "/views/activation.xhtml"),
                        open("renvoyer-le-lien", "/views/resend.xhtml"),
                        open("mot-de-passe-oublie", "/views/forgotten.xhtml"),
                        open("mot-de-passe-oublie/confirmation", "/views/link-sent.xhtml"),
                        open("nouveau-mot-de-passe", "/views/new-password.xhtml"),
                        open("nous-contacter", "/views/contact.xhtml"),
                        open("plan-du-site", "/views/site-map.xhtml"),
                        open("accessibilite", "/views/accessibility.xhtml"),
                        open("mentions-legales", "/views/legal.xhtml"),
                        open("donnees-personnelles", "/views/privacy.xhtml"),
                        open("conditions-d-utilisation", "/views/terms.xhtml"),
                        forRole(CITIZEN, "mon-espace", "/views/my-space.xhtml"),
                        forRole(CITIZEN, "mon-espace/mes-abonnements", "/views/subscriptions.xhtml"),
                        forRole(CITIZEN, "mon-espace/m-abonner", "/views/subscribe.xhtml"),
                        forRole(CITIZEN, "mon-espace/mon-compte", "/views/account.xhtml"),
                        forRole(CITIZEN, "espace-famille", "/views/family.xhtml"),
                        forRole(CITIZEN, "espace-famille/activites", "/views/planning.xhtml"),
                        forRole(CITIZEN, "espace-famille/activites/liste", "/views/booking-list.xhtml"),
                        forRole(CITIZEN, "mon-espace/mes-demandes", "/views/requests.xhtml"),
                        forRole(CITIZEN, "mon-espace/mes-demandes/demande", "/views/request.xhtml"),
                        forRole(CITIZEN, "espace-facturation", "/views/billing.xhtml")));
    }
}
