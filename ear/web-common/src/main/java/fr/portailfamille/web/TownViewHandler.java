package fr.portailfamille.web;

import fr.portailfamille.town.TownProfile;
import jakarta.faces.FacesException;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.application.ViewHandler;
import jakarta.faces.application.ViewHandlerWrapper;
import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;

/**
 * Writes {@code /{town}/{route}} into forms, links and redirects, and binds the state of a view to its town and its id: a
 * state taken from one page and sent to another is treated as expired.
 */
public class TownViewHandler extends ViewHandlerWrapper {

    private static final String NONCE = "primefaces.nonce";
    private static final String BINDING = "fr.portailfamille.web.binding";

    public TownViewHandler(ViewHandler wrapped) {
        super(wrapped);
    }

    @Override
    public String getActionURL(FacesContext context, String viewId) {
        HttpServletRequest request =
                (HttpServletRequest) context.getExternalContext().getRequest();
        Optional<TownProfile> town = TownContext.profileOf(request);
        Optional<Route> route = routeOf(context, request, viewId);
        return town.isPresent() && route.isPresent()
                ? request.getContextPath() + "/" + town.get().code() + "/"
                        + route.get().path()
                : super.getActionURL(context, viewId);
    }

    /** The page shown keeps its own address where several routes share a view. */
    private static Optional<Route> routeOf(FacesContext context, HttpServletRequest request, String viewId) {
        if (request.getAttribute(TownContext.ROUTE) instanceof Route current
                && current.view().equals(viewId)) {
            return Optional.of(current);
        }
        return RouteTable.of((ServletContext) context.getExternalContext().getContext())
                .ofView(viewId);
    }

    @Override
    public void renderView(FacesContext context, UIViewRoot view) throws IOException {
        view.getViewMap().put(BINDING, binding(context, view.getViewId()));
        super.renderView(context, view);
    }

    @Override
    public UIViewRoot restoreView(FacesContext context, String viewId) {
        UIViewRoot view = restoredView(context, viewId);
        if (view != null && !binding(context, viewId).equals(view.getViewMap().get(BINDING))) {
            throw new ViewExpiredException("The state belongs to another page", viewId);
        }
        if (view != null
                && !context.getExternalContext().getRequestParameterMap().containsKey(NONCE)) {
            // Pages without a PrimeFaces component do not send the nonce back, which PrimeFaces takes for an attack.
            view.getViewMap().remove(NONCE);
        }
        return view;
    }

    private UIViewRoot restoredView(FacesContext context, String viewId) {
        try {
            return super.restoreView(context, viewId);
        } catch (ViewExpiredException e) {
            throw e;
        } catch (FacesException e) {
            // So Faces tells that the state of another page does not fit the components of this one.
            throw new ViewExpiredException("The state does not fit the page", e, viewId);
        }
    }

    private static String binding(FacesContext context, String viewId) {
        HttpServletRequest request =
                (HttpServletRequest) context.getExternalContext().getRequest();
        return TownContext.profileOf(request).map(TownProfile::id).orElse(0) + " " + viewId;
    }
}
