package fr.portailfamille.notice.letter;

import fr.portailfamille.town.TownProfile;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an e-mail says, sentence by sentence, before a template sets it. */
final class LetterContents {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    private static final Pattern BLANKS = Pattern.compile("[\\s-]+");
    private static final int LONG_WORD = 16;

    /** Lines of a table that a webmail, which cuts mails at about 100 kB, may not show to its end. */
    private static final int LONG_TABLE = 60;

    private final Wording words;
    private final PortalAddress portal;

    LetterContents(Wording words, PortalAddress portal) {
        this.words = words;
        this.portal = portal;
    }

    Map<String, Object> of(TownProfile town, MailTemplate template, Map<String, Object> model) {
        Map<String, Object> root = new HashMap<>();
        root.put("locale", words.locale().getLanguage());
        root.put("key", template.key());
        root.put("subject", words.say(template.key() + ".subject"));
        root.put("greeting", greeting(model));
        root.put("town", frame(town));
        root.put("service", service(town));
        root.put("variable", paragraphs(variable(town, template, model)));
        switch (template) {
            case ACKNOWLEDGEMENT ->
                requests(root, town, template, new AcknowledgementWording(words, town.zone()), model);
            case DIGEST -> requests(root, town, template, new DigestWording(words), model);
            case RECEIPT, OUTCOME -> request(root, town, template, model);
            default -> account(root, town, template, model);
        }
        return root;
    }

    private void account(Map<String, Object> root, TownProfile town, MailTemplate template, Map<String, Object> model) {
        root.put("intro", intro(template, model));
        boolean agent = template == MailTemplate.AGENT_ACTIVATION || template == MailTemplate.AGENT_PASSWORD_RESET;
        root.put("opening", agent ? words.say(template.key() + ".opening") : "");
        root.put("login", agent ? text(model, "login") : "");
        String link = text(model, "link");
        root.put("link", link.isEmpty() ? portal.portal(town.code(), "accueil") : link);
        String until = text(model, "validUntil");
        root.put(
                "validity", until.isEmpty() ? "" : validity(Instant.parse(until).atZone(town.zone())));
    }

    private String intro(MailTemplate template, Map<String, Object> model) {
        String intro = template.key() + ".intro";
        if (template != MailTemplate.NEW_SUBSCRIBER) {
            return words.say(intro);
        }
        String newcomer = text(model, "newcomer");
        return newcomer.isEmpty() ? words.say(intro + ".nameless") : words.say(intro, newcomer);
    }

    private String validity(ZonedDateTime until) {
        return words.say("link.valid-until", DAY.format(until), TIME.format(until));
    }

    /** How the two e-mails with a table speak of their lines. */
    interface LinesWording {
        String intro(List<MailLine> lines, Map<String, Object> model);

        List<String> closing(List<MailLine> lines, Map<String, Object> model);

        boolean withState(List<MailLine> lines);
    }

    private void requests(
            Map<String, Object> root,
            TownProfile town,
            MailTemplate template,
            LinesWording wording,
            Map<String, Object> model) {
        List<MailLine> lines = new ArrayList<>();
        if (model.get("lines") instanceof List<?> kept) {
            kept.forEach(line -> lines.add(MailLine.from(line)));
        }
        boolean withState = wording.withState(lines);
        root.put("intro", wording.intro(lines, model));
        root.put("closing", wording.closing(lines, model));
        root.put("withState", withState);
        root.put("wrap", lines.stream().anyMatch(LetterContents::hasLongWord) ? "anywhere" : "break-word");
        root.put("columns", columns(template, withState));
        root.put("rows", lines.stream().map(this::row).toList());
        root.put("long", lines.size() > LONG_TABLE);
        root.put("link", portal.portal(town.code(), "mon-espace"));
        int pending = (int) lines.stream()
                .filter(line -> line.state() == MailLine.State.PENDING)
                .count();
        boolean refused = lines.stream().anyMatch(line -> line.state() == MailLine.State.REFUSED);
        mentions(root, town, template, model, pending, refused);
    }

    private void request(Map<String, Object> root, TownProfile town, MailTemplate template, Map<String, Object> model) {
        RequestWording wording = new RequestWording(words, town.zone());
        root.put("intro", wording.intro(template, model));
        root.put("closing", wording.closing(template, model));
        root.put("withState", false);
        root.put("rows", List.of());
        root.put("long", false);
        root.put("link", portal.portal(town.code(), "mon-espace"));
        boolean receipt = template == MailTemplate.RECEIPT;
        mentions(root, town, template, model, receipt ? 1 : 0, !receipt && RequestWording.refused(model));
    }

    /** The legal mentions, and what agents answered. */
    private void mentions(
            Map<String, Object> root,
            TownProfile town,
            MailTemplate template,
            Map<String, Object> model,
            int pending,
            boolean refused) {
        root.put("answer", paragraphs(text(model, "answer")));
        root.put("legal", new LegalWording(words, town).sentences(template, model, pending, refused));
    }

    private static boolean hasLongWord(MailLine line) {
        return Stream.of(line.child(), line.activity(), line.reason() == null ? "" : line.reason())
                .flatMap(BLANKS::splitAsStream)
                .anyMatch(word -> word.length() > LONG_WORD);
    }

    private List<String> columns(MailTemplate template, boolean withState) {
        String type = template == MailTemplate.DIGEST ? "type" : "type.request";
        return Stream.of("day", "time", "child", type, "activity", "state")
                .filter(column -> withState || !column.equals("state"))
                .map(column -> words.say("column." + column))
                .toList();
    }

    private Map<String, Object> row(MailLine line) {
        StateLook look = StateLook.of(line.state());
        Map<String, Object> row = new HashMap<>();
        row.put("child", line.child());
        row.put("day", day(line.day()));
        row.put("time", time(line.time()));
        row.put("type", words.say(type(line.action())));
        row.put("activity", line.activity());
        row.put("state", state(line));
        row.put("tone", look.tone());
        row.put("colour", look.colour());
        row.put("mark", look.mark());
        row.put("reason", line.reason() == null ? "" : line.reason());
        return row;
    }

    private static String type(MailLine.Action action) {
        return switch (action) {
            case BOOK -> "type.book";
            case CANCEL -> "type.cancel";
            case CHANGE -> "type.change";
        };
    }

    private String state(MailLine line) {
        Integer rank = line.rank();
        return line.state() == MailLine.State.WAITLISTED && rank != null
                ? words.say("state.waitlisted.rank", rank)
                : words.say("state." + StateLook.of(line.state()).tone());
    }

    /** A state is told by word, mark and colour, the colour readable on white (4.5:1). */
    private record StateLook(String tone, String colour, String mark) {
        static StateLook of(MailLine.State state) {
            return switch (state) {
                case ACCEPTED -> new StateLook("accepted", "#1B7F3B", "\u2713");
                case REFUSED -> new StateLook("refused", "#B3261E", "\u2715");
                case WAITLISTED -> new StateLook("waitlisted", "#7A3E9D", "\u2192");
                case BOOKED -> new StateLook("booked", "#1B7F3B", "\u2713");
                case ABSENT -> new StateLook("absent", "#8A5A00", "\u2013");
                case NOT_BOOKED -> new StateLook("not-booked", "#4A4A4A", "\u25CB");
                case PENDING -> new StateLook("pending", "#8A5A00", "\u2026");
            };
        }
    }

    private String greeting(Map<String, Object> model) {
        String name = (text(model, "firstName") + " " + text(model, "lastName")).strip();
        return name.isEmpty() ? words.say("greeting.nameless") : words.say("greeting", civility(model), name);
    }

    /** As the choices of the sentences count it: 0 unknown, 1 M., 2 Mme. */
    static int civility(Map<String, Object> model) {
        return switch (text(model, "civility")) {
            case "M" -> 1;
            case "MME" -> 2;
            default -> 0;
        };
    }

    static String text(Map<String, Object> model, String key) {
        return model.get(key) instanceof String text ? text.strip() : "";
    }

    static String day(LocalDate day) {
        return DAY.format(day);
    }

    static String time(LocalTime time) {
        return TIME.format(time);
    }

    private static Map<String, Object> frame(TownProfile town) {
        BrandColour brand = new BrandColour(town.brandColour());
        String sender = filled(town.senderName()) ? town.senderName().strip() : town.name();
        List<String> signature = new ArrayList<>(List.of(sender));
        if (filled(town.postalAddress())) {
            town.postalAddress()
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .forEach(signature::add);
        }
        return Map.of(
                "name", town.name(),
                "brand", brand.value(),
                "brandInk", brand.ink(),
                "signature", signature,
                "website", website(town.website()));
    }

    /** Only a web address becomes a link; a town's setting must not bring in another scheme. */
    private static String website(@Nullable String website) {
        if (website == null) {
            return "";
        }
        String address = website.strip();
        return address.matches("(?i)https?://[^\\s\"<>]+") ? address : "";
    }

    private String service(TownProfile town) {
        boolean phone = filled(town.servicePhone());
        boolean hours = filled(town.serviceHours());
        if (phone && hours) {
            return words.say(
                    "service.phone-and-hours",
                    town.servicePhone().strip(),
                    town.serviceHours().strip());
        }
        if (phone) {
            return words.say("service.phone", town.servicePhone().strip());
        }
        return hours ? words.say("service.hours", town.serviceHours().strip()) : "";
    }

    /** The town's, or that of a draft which an agent tries out. */
    private static @Nullable String variable(TownProfile town, MailTemplate template, Map<String, Object> model) {
        if (model.get("variable") instanceof String draft) {
            return draft;
        }
        return switch (template) {
            case ACKNOWLEDGEMENT, RECEIPT -> town.receiptText();
            case DIGEST, OUTCOME -> town.outcomeText();
            default -> null;
        };
    }

    /** Lines in paragraphs: a blank line parts two. */
    static List<List<String>> paragraphs(@Nullable String text) {
        List<List<String>> paragraphs = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (String line : text == null ? List.<String>of() : text.lines().toList()) {
            if (!line.isBlank()) {
                lines.add(line.strip());
            } else if (!lines.isEmpty()) {
                paragraphs.add(List.copyOf(lines));
                lines.clear();
            }
        }
        if (!lines.isEmpty()) {
            paragraphs.add(lines);
        }
        return paragraphs;
    }

    private static boolean filled(@Nullable String text) {
        return text != null && !text.isBlank();
    }
}
