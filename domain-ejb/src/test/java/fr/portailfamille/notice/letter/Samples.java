package fr.portailfamille.notice.letter;

import fr.portailfamille.notice.letter.MailLine.Action;
import fr.portailfamille.notice.letter.MailLine.State;
import fr.portailfamille.town.TownProfile;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Towns, addressees and lines for e-mails in tests. */
final class Samples {

    static final PortalAddress PORTAL = PortalAddress.of("https://familles.example/");

    private Samples() {}

    static TownProfile town() {
        return town("Saint-Exemple", "#0B5CAD", "Vous pouvez également nous écrire.\n\nL'équipe municipale");
    }

    static TownProfile town(String name, String colour, String variable) {
        return new TownProfile(
                7,
                "saint-exemple",
                name,
                ZoneId.of("Europe/Paris"),
                "metropole",
                List.of(LocalTime.of(13, 0), LocalTime.of(18, 0)),
                colour,
                "Service Enfance",
                "02 00 00 00 00",
                "du lundi au vendredi de 9 h à 12 h et de 14 h à 17 h",
                "1 place de la Mairie\n44999 Saint-Exemple",
                "https://saint-exemple.example",
                variable,
                variable,
                null);
    }

    static Map<String, Object> to(String civility, String firstName, String lastName) {
        Map<String, Object> model = new HashMap<>();
        model.put("civility", civility);
        model.put("firstName", firstName);
        model.put("lastName", lastName);
        return model;
    }

    static Map<String, Object> account(String civility) {
        Map<String, Object> model = to(civility, "Maud", "LECLERC");
        model.put(
                "link", PORTAL.portal("saint-exemple", "activation?jeton=Xy7-0123456789abcdefABCDEF_0123456789abcdef"));
        model.put("login", "maud.leclerc@ville.example");
        model.put("newcomer", "Noé LECLERC");
        model.put("validUntil", Instant.parse("2026-11-21T13:20:00Z"));
        return model;
    }

    static Map<String, Object> acknowledgement(String civility, List<MailLine> lines) {
        Map<String, Object> model = to(civility, "Maud", "LECLERC");
        model.put("reference", "2026-4K7M2P9QXZ");
        model.put("submittedAt", Instant.parse("2019-01-04T15:33:00Z"));
        return withLines(model, lines);
    }

    static Map<String, Object> digest(String civility, List<MailLine> lines) {
        return withLines(to(civility, "Maud", "LECLERC"), lines);
    }

    static Map<String, Object> request(String civility, String type) {
        Map<String, Object> model = to(civility, "Maud", "LECLERC");
        model.put("reference", "2026-4K7M2P9QXZ");
        model.put("type", type);
        model.put("submittedAt", Instant.parse("2019-01-04T15:33:00Z"));
        model.put("legal", legal("ACCEPTED", null));
        return model;
    }

    static Map<String, Object> outcome(String civility, String type, String outcome, String answer) {
        Map<String, Object> model = request(civility, type);
        model.put("outcome", outcome);
        model.put("answer", answer);
        model.put("decidedAt", Instant.parse("2019-01-08T08:00:00Z"));
        return model;
    }

    static Map<String, Object> legal(String silence, String recourse) {
        Map<String, Object> legal = new HashMap<>();
        legal.put("service", "Direction de l'enfance");
        legal.put("email", "enfance@ville.example");
        legal.put("replyBy", LocalDate.of(2019, 3, 4));
        legal.put("silence", silence);
        legal.put("recourse", recourse);
        return legal;
    }

    private static Map<String, Object> withLines(Map<String, Object> model, List<MailLine> lines) {
        model.put("lines", lines.stream().map(MailLine::model).toList());
        return model;
    }

    static List<MailLine> lines(int count, Action action, String activity, State state) {
        List<MailLine> lines = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lines.add(line("Léo", LocalDate.of(2019, 2, 4).plusDays(i), action, activity, state));
        }
        return lines;
    }

    static MailLine line(String child, LocalDate day, Action action, String activity, State state) {
        return new MailLine(child, day, LocalTime.of(16, 30), action, activity, state, null, null);
    }

    /** As the sender sees it: written to the outbox and read back. */
    static RenderedMail render(TownProfile town, MailTemplate template, Map<String, Object> model) {
        return new Letters(PORTAL).render(town, template, MailModel.read(MailModel.write(model)));
    }

    static RenderedMail render(MailTemplate template, Map<String, Object> model, MailLogo logo) {
        return new Letters(PORTAL).render(town(), template, MailModel.read(MailModel.write(model)), logo);
    }

    static RenderedMail render(MailTemplate template, Map<String, Object> model) {
        return render(town(), template, model);
    }
}
