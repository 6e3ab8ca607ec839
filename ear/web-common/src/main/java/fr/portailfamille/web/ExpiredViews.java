package fr.portailfamille.web;

import jakarta.faces.FacesException;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.application.ViewHandler;
import jakarta.faces.component.EditableValueHolder;
import jakarta.faces.component.UIComponent;
import jakarta.faces.component.UIViewRoot;
import jakarta.faces.component.html.HtmlInputHidden;
import jakarta.faces.component.html.HtmlInputSecret;
import jakarta.faces.component.html.HtmlInputText;
import jakarta.faces.component.html.HtmlInputTextarea;
import jakarta.faces.component.html.HtmlSelectOneMenu;
import jakarta.faces.component.html.HtmlSelectOneRadio;
import jakarta.faces.component.visit.VisitContext;
import jakarta.faces.component.visit.VisitResult;
import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.ExceptionHandlerWrapper;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.ExceptionQueuedEvent;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;

/**
 * A page left open too long is shown anew with what had been typed into it (never a password) and a sentence that says
 * why; nothing of what was sent is carried out. For whole pages and for ajax alike.
 */
public class ExpiredViews extends ExceptionHandlerFactory {

    public ExpiredViews(ExceptionHandlerFactory wrapped) {
        super(wrapped);
    }

    @Override
    public ExceptionHandler getExceptionHandler() {
        return new Reviving(getWrapped().getExceptionHandler());
    }

    private static final class Reviving extends ExceptionHandlerWrapper {

        Reviving(ExceptionHandler wrapped) {
            super(wrapped);
        }

        @Override
        public void handle() {
            boolean expired = false;
            String view = null;
            for (Iterator<ExceptionQueuedEvent> events =
                            getUnhandledExceptionQueuedEvents().iterator();
                    events.hasNext(); ) {
                Throwable failure = events.next().getContext().getException();
                if (failure instanceof ViewExpiredException viewExpired) {
                    expired = true;
                    view = viewExpired.getViewId();
                    events.remove();
                }
            }
            if (expired && view != null) {
                revive(FacesContext.getCurrentInstance(), view);
            }
            super.handle();
        }

        private static void revive(FacesContext context, String viewId) {
            ViewHandler handler = context.getApplication().getViewHandler();
            UIViewRoot view = handler.createView(context, viewId);
            context.setViewRoot(view);
            try {
                handler.getViewDeclarationLanguage(context, viewId).buildView(context, view);
            } catch (IOException e) {
                throw new FacesException(e);
            }
            Map<String, String> sent = context.getExternalContext().getRequestParameterMap();
            view.visitTree(VisitContext.createVisitContext(context), (visit, component) -> {
                String value = sent.get(component.getClientId(context));
                if (value != null && isKept(component)) {
                    ((EditableValueHolder) component).setSubmittedValue(value);
                }
                return VisitResult.ACCEPT;
            });
            context.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_WARN, Texts.of("expired.page"), null));
            if (context.getPartialViewContext().isAjaxRequest()) {
                context.getPartialViewContext().setRenderAll(true);
            }
            context.renderResponse();
        }

        private static boolean isKept(UIComponent component) {
            return !(component instanceof HtmlInputSecret)
                    && !(component instanceof HtmlInputHidden)
                    && (component instanceof HtmlInputText
                            || component instanceof HtmlInputTextarea
                            || component instanceof HtmlSelectOneMenu
                            || component instanceof HtmlSelectOneRadio);
        }
    }
}
