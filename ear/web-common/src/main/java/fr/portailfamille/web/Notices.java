package fr.portailfamille.web;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIComponent;
import jakarta.faces.component.UIInput;
import jakarta.faces.component.html.HtmlInputSecret;
import jakarta.faces.component.search.SearchExpressionContext;
import jakarta.faces.context.FacesContext;
import jakarta.faces.convert.Converter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a page has to tell: beside a field, at its top, or at the top of the page that a redirect leads to. */
@RequestScoped
public class Notices {

    private static final String GOOD = "fr.portailfamille.web.notices";
    private static final String WARNING = "fr.portailfamille.web.warnings";

    /** An error of one field, by the field's id; the field is marked as such. */
    public void refuse(String fieldId, String sentence) {
        FacesContext context = FacesContext.getCurrentInstance();
        UIComponent field = find(context, fieldId);
        if (field instanceof UIInput input) {
            keep(context, input);
            input.setValid(false);
        }
        context.addMessage(
                field.getClientId(context), new FacesMessage(FacesMessage.SEVERITY_ERROR, sentence, sentence));
        context.validationFailed();
    }

    /** A field that is no longer valid shows nothing but what was submitted; passwords are typed again. */
    @SuppressWarnings("unchecked")
    private static void keep(FacesContext context, UIInput input) {
        Object value = input.getValue();
        if (value != null && !(input instanceof HtmlInputSecret)) {
            Converter<Object> converter = (Converter<Object>) input.getConverter();
            input.setSubmittedValue(
                    converter == null ? value.toString() : converter.getAsString(context, input, value));
        }
    }

    /** An error of the whole form. */
    public void refuse(String sentence) {
        FacesContext context = FacesContext.getCurrentInstance();
        context.addMessage(null, new FacesMessage(FacesMessage.SEVERITY_ERROR, sentence, sentence));
        context.validationFailed();
    }

    /** Good news at the top of the page shown next, after a redirect too. */
    public void tell(String sentence) {
        keep(GOOD, sentence);
    }

    /** What needs attention, at the top of the page shown next, after a redirect too. */
    public void warn(String sentence) {
        keep(WARNING, sentence);
    }

    @SuppressWarnings("unchecked")
    private static void keep(String kind, String sentence) {
        Map<String, Object> session =
                FacesContext.getCurrentInstance().getExternalContext().getSessionMap();
        ((List<String>) session.computeIfAbsent(kind, key -> new ArrayList<String>())).add(sentence);
    }

    static List<String> takeGood(FacesContext context) {
        return take(context, GOOD);
    }

    static List<String> takeWarnings(FacesContext context) {
        return take(context, WARNING);
    }

    @SuppressWarnings("unchecked")
    private static List<String> take(FacesContext context, String kind) {
        if (context.getExternalContext().getSession(false) == null) {
            return List.of();
        }
        Object kept = context.getExternalContext().getSessionMap().remove(kind);
        return kept == null ? List.of() : (List<String>) kept;
    }

    private static UIComponent find(FacesContext context, String id) {
        UIComponent[] found = new UIComponent[1];
        context.getApplication()
                .getSearchExpressionHandler()
                .resolveComponent(
                        SearchExpressionContext.createSearchExpressionContext(context, context.getViewRoot()),
                        id,
                        (visited, component) -> found[0] = component);
        return found[0];
    }
}
