package fr.portailfamille.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieStore;
import java.net.HttpCookie;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.Connection;
import org.jsoup.Connection.KeyVal;
import org.jsoup.Jsoup;
import org.jsoup.helper.HttpConnection;
import org.jsoup.nodes.FormElement;

/** Somebody with cookies and without scruples: sends what no page would send, and follows no redirect. */
final class Guest {

    private static final int PATIENCE_MILLIS = 120_000;

    private final String base;
    private final Connection session = Jsoup.newSession()
            .timeout(PATIENCE_MILLIS)
            .followRedirects(false)
            .ignoreHttpErrors(true)
            .ignoreContentType(true)
            .maxBodySize(0);

    Guest(String base) {
        this.base = base;
    }

    /** What came back. */
    record Answer(String asked, int status, String location, String body) {

        /** Those that act on the page; signing out is no act of a page. */
        List<FormElement> forms() {
            return Jsoup.parse(body, asked).select("form").stream()
                    .filter(form -> !form.attr("action").endsWith("/deconnexion"))
                    .map(FormElement.class::cast)
                    .toList();
        }

        @Override
        public String toString() {
            return asked + " → " + status + (location.isEmpty() ? "" : " " + location);
        }
    }

    Answer get(String address) {
        return send(Connection.Method.GET, address, List.of(), Map.of());
    }

    Answer get(String address, Map<String, String> headers) {
        return send(Connection.Method.GET, address, List.of(), headers);
    }

    Answer post(String address, List<KeyVal> data) {
        return send(Connection.Method.POST, address, data, Map.of());
    }

    private Answer send(Connection.Method method, String address, List<KeyVal> data, Map<String, String> headers) {
        try {
            Connection.Response answer = session.newRequest(address.startsWith("http") ? address : base + address)
                    .method(method)
                    .data(data)
                    .headers(headers)
                    .execute();
            String location = answer.hasHeader("Location") ? answer.header("Location") : "";
            return new Answer(answer.url().toString(), answer.statusCode(), location, answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + address, e);
        }
    }

    /** The names of a form's buttons, those too that only a script presses. */
    static List<String> buttons(FormElement form) {
        return form.select("button, input[type=submit]").stream()
                .map(button -> button.hasAttr("name") ? button.attr("name") : button.id())
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /** What the form would send if that button were pressed, with these values instead of those of the page. */
    static List<KeyVal> filled(FormElement form, String button, Map<String, String> values) {
        List<KeyVal> data = new ArrayList<>(form.formData());
        data.add(HttpConnection.KeyVal.create(button, button));
        values.forEach((name, value) -> {
            data.removeIf(pair -> pair.key().equals(name));
            data.add(HttpConnection.KeyVal.create(name, value));
        });
        return data;
    }

    static String viewState(FormElement form) {
        return form.select("input[name=jakarta.faces.ViewState]").attr("value");
    }

    /** Signs in by the form of that page. */
    Answer signIn(String page, String email, String password) {
        FormElement form = get(page).forms().stream()
                .filter(each -> !each.select("input[type=password]").isEmpty())
                .findFirst()
                .orElseThrow();
        return post(
                form.absUrl("action"),
                filled(form, buttons(form).get(0), Map.of("email", email, "password", password)));
    }

    /** The cookie of the session at that path, to be shown elsewhere. */
    String sessionAt(String path) {
        CookieStore cookies = session.cookieStore();
        return cookies.getCookies().stream()
                .filter(cookie -> path.equals(cookie.getPath()))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No cookie at " + path + " among " + cookies.getCookies()));
    }
}
