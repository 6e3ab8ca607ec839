package fr.portailfamille.web;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.FacesComponent;
import jakarta.faces.component.UIComponentBase;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code <pf:messages/>}: errors as a list of links to their fields, which takes the focus, and news above it.
 */
@FacesComponent(value = ErrorSummary.TYPE, createTag = false)
public class ErrorSummary extends UIComponentBase {

    static final String TYPE = "fr.portailfamille.web.ErrorSummary";

    @Override
    public String getFamily() {
        return "fr.portailfamille.web";
    }

    @Override
    public void encodeBegin(FacesContext context) throws IOException {
        ResponseWriter writer = context.getResponseWriter();
        writer.startElement("div", this);
        writer.writeAttribute("id", getClientId(context), null);
        writer.writeAttribute("class", "pf-messages", null);
        for (String sentence : Notices.takeGood(context)) {
            writeNotice(writer, "pf-notice pf-notice-good", "status", sentence);
        }
        for (String sentence : Notices.takeWarnings(context)) {
            writeNotice(writer, "pf-notice", "status", sentence);
        }
        Map<String, String> errors = new LinkedHashMap<>();
        for (Iterator<FacesMessage> messages = context.getMessages(null); messages.hasNext(); ) {
            FacesMessage message = messages.next();
            if (message.getSeverity().compareTo(FacesMessage.SEVERITY_ERROR) < 0) {
                writeNotice(writer, "pf-notice", "status", message.getSummary());
            } else {
                errors.put(message.getSummary(), null);
            }
        }
        for (Iterator<String> ids = context.getClientIdsWithMessages(); ids.hasNext(); ) {
            String id = ids.next();
            if (id != null) {
                List<FacesMessage> messages = context.getMessageList(id);
                errors.putIfAbsent(messages.get(0).getSummary(), id);
            }
        }
        if (!errors.isEmpty()) {
            writeErrors(writer, errors);
        }
    }

    @Override
    public void encodeEnd(FacesContext context) throws IOException {
        context.getResponseWriter().endElement("div");
    }

    private void writeNotice(ResponseWriter writer, String style, String role, String sentence) throws IOException {
        writer.startElement("p", this);
        writer.writeAttribute("class", style, null);
        writer.writeAttribute("role", role, null);
        writer.writeText(sentence, null);
        writer.endElement("p");
    }

    private void writeErrors(ResponseWriter writer, Map<String, String> errors) throws IOException {
        writer.startElement("div", this);
        writer.writeAttribute("class", "pf-summary", null);
        writer.writeAttribute("role", "alert", null);
        writer.writeAttribute("tabindex", "-1", null);
        writer.startElement("p", this);
        writer.writeAttribute("class", "pf-summary-title", null);
        writer.writeText(Texts.of("errors.title", errors.size()), null);
        writer.endElement("p");
        writer.startElement("ul", this);
        for (Map.Entry<String, String> error : errors.entrySet()) {
            writer.startElement("li", this);
            if (error.getValue() == null) {
                writer.writeText(error.getKey(), null);
            } else {
                writer.startElement("a", this);
                writer.writeAttribute("href", "#" + error.getValue(), null);
                writer.writeText(error.getKey(), null);
                writer.endElement("a");
            }
            writer.endElement("li");
        }
        writer.endElement("ul");
        writer.endElement("div");
    }
}
