package fr.portailfamille.web;

import jakarta.faces.component.FacesComponent;
import jakarta.faces.component.UIComponentBase;
import jakarta.faces.context.FacesContext;
import jakarta.faces.context.ResponseWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * {@code <pf:icon name="home"/>}: a drawing of {@code icons.properties}, in the colour of the text around it. Always
 * decoration, hidden from screen readers: the word stands beside it.
 */
@FacesComponent(value = Icon.TYPE, createTag = false)
public class Icon extends UIComponentBase {

    static final String TYPE = "fr.portailfamille.web.Icon";

    private static final Properties DRAWINGS = load();

    @Override
    public String getFamily() {
        return "fr.portailfamille.web";
    }

    @Override
    public void encodeBegin(FacesContext context) throws IOException {
        String name = String.valueOf(getAttributes().get("name"));
        String drawing = DRAWINGS.getProperty(name);
        if (drawing == null) {
            throw new IllegalArgumentException("No icon " + name);
        }
        ResponseWriter writer = context.getResponseWriter();
        writer.startElement("svg", this);
        writer.writeAttribute("class", "pf-icon", null);
        writer.writeAttribute("viewBox", "0 0 24 24", null);
        writer.writeAttribute("aria-hidden", "true", null);
        writer.writeAttribute("focusable", "false", null);
        writer.startElement("path", this);
        writer.writeAttribute("d", drawing, null);
        writer.endElement("path");
        writer.endElement("svg");
    }

    private static Properties load() {
        Properties drawings = new Properties();
        try (InputStream file = Icon.class.getResourceAsStream("icons.properties")) {
            drawings.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return drawings;
    }
}
