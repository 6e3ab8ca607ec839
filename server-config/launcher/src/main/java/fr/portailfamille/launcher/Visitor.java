package fr.portailfamille.launcher;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jsoup.Connection;
import org.jsoup.Connection.KeyVal;
import org.jsoup.Jsoup;
import org.jsoup.helper.HttpConnection;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** Somebody with a browser of the simplest kind: opens pages, fills in forms, keeps cookies, runs no scripts. */
final class Visitor {
    private static final int PATIENCE_MILLIS = 60_000;

    private final Connection session =
            Jsoup.newSession().timeout(PATIENCE_MILLIS).followRedirects(true);

    Document open(String address) {
        try {
            return session.newRequest(address).get();
        } catch (IOException e) {
            throw new Problem("The page " + address + " was not to be had: " + e.getMessage(), e);
        }
    }

    /**
     * Fills in a form and presses its button.
     *
     * @param form id of the form
     * @param fields values by the ids of its fields; what is not named stays as the page has it
     * @return the page that follows
     */
    Document submit(Document page, String form, Map<String, String> fields) {
        if (!(page.getElementById(form) instanceof FormElement filled)) {
            throw new Problem("The page %s has no form %s: %s".formatted(page.location(), form, said(page)));
        }
        List<KeyVal> data = filled.formData();
        fields.forEach((id, value) -> set(page, data, id, value));
        Element button = filled.selectFirst("[type=submit]");
        if (button != null) {
            data.add(HttpConnection.KeyVal.create(button.attr("name"), button.attr("value")));
        }
        return post(page, filled, data);
    }

    private Document post(Document page, FormElement form, List<KeyVal> data) {
        try {
            return session.newRequest(form.absUrl("action"))
                    .method(Connection.Method.POST)
                    .data(data)
                    .execute()
                    .parse();
        } catch (IOException e) {
            throw new Problem("The form of " + page.location() + " was not taken: " + e.getMessage(), e);
        }
    }

    /** Presses a button that does its work without a script where there is none. */
    Document press(Document page, String button) {
        Element pressed = page.getElementById(button);
        if (pressed == null || !(pressed.closest("form") instanceof FormElement form)) {
            throw new Problem("The page %s has no button %s: %s".formatted(page.location(), button, said(page)));
        }
        List<KeyVal> data = form.formData();
        // Of several buttons only the one that is pressed is sent.
        List<String> buttons = form.select("[type=submit]").eachAttr("name");
        data.removeIf(pair -> buttons.contains(pair.key()));
        data.add(HttpConnection.KeyVal.create(pressed.attr("name"), pressed.attr("value")));
        return post(page, form, data);
    }

    /** What a page says of mistakes, in a line. */
    static String said(Document page) {
        return page.title() + " "
                + String.join(
                        " ",
                        page.select("[role=alert], .pf-error, .pf-messages").eachText());
    }

    private static void set(Document page, List<KeyVal> data, String id, String value) {
        Element field = page.getElementById(id);
        if (field == null) {
            throw new Problem("The page %s has no field %s".formatted(page.location(), id));
        }
        // A group of radio buttons or a checkbox has its name on the inputs inside.
        String name = field.hasAttr("name")
                ? field.attr("name")
                : field.select("input").attr("name");
        data.removeIf(pair -> pair.key().equals(name));
        data.add(HttpConnection.KeyVal.create(name, value));
    }
}
