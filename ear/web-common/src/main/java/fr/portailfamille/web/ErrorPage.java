package fr.portailfamille.web;

import fr.portailfamille.town.TownProfile;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Says in the visitor's words what went wrong and how to go on; never what happened inside. Stands on nothing that may
 * itself have failed: no Faces, no database.
 */
@WebServlet("/errors")
public class ErrorPage extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Set<Integer> TOLD_APART = Set.of(403, 404, 405, 503);

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        String kind = TOLD_APART.contains(status) ? Integer.toString(status) : status < 500 ? "400" : "500";
        SecurityHeaders.addTo(request, response);
        SecurityHeaders.withoutScripts(response);
        SecurityHeaders.notStored(response);
        response.setStatus(status);
        response.setContentType("text/html;charset=UTF-8");
        response.getWriter().write(page(request, kind));
    }

    private static String page(HttpServletRequest request, String kind) throws IOException {
        Optional<TownProfile> town = TownContext.profileOf(request);
        String base = request.getContextPath();
        return template()
                .replace("{base}", base)
                .replace(
                        "{theme}",
                        town.map(known -> base + "/" + known.code() + "/theme.css")
                                .orElse(""))
                .replace(
                        "{home}",
                        town.map(known -> base + "/" + known.code() + "/").orElse(""))
                .replace("{signed}", town.isPresent() ? "" : "hidden")
                .replace("{town}", escape(town.map(TownProfile::name).orElse("")))
                .replace("{title}", escape(text("error." + kind + ".title")))
                .replace("{text}", escape(text("error." + kind + ".text")))
                .replace("{product}", escape(text("product")))
                .replace("{back}", escape(text("error.home")))
                .replace("{contact}", escape(town.flatMap(ErrorPage::contact).orElse("")));
    }

    private static Optional<String> contact(TownProfile town) {
        return Optional.ofNullable(town.servicePhone())
                .map(phone -> Texts.in(
                                Locale.FRENCH,
                                "error.contact",
                                phone,
                                Optional.ofNullable(town.serviceHours()).orElse(""))
                        .strip());
    }

    private static String text(String key) {
        return Texts.in(Locale.FRENCH, key);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String template() throws IOException {
        try (InputStream file = ErrorPage.class.getResourceAsStream("error.html")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
