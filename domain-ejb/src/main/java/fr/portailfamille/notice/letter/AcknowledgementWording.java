package fr.portailfamille.notice.letter;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * « Vos 10 demandes de réservation pour 4/Péri SOIR réalisées le 04/01/2019 à 16:33 sont en cours d'instruction : », and
 * how it reads when there is one, when types or activities are mixed, and when some or all were decided at once.
 */
record AcknowledgementWording(Wording words, ZoneId zone) implements LetterContents.LinesWording {

    /** Whether decisions will be told by e-mail; not to who accepts none. Models that do not say so are older. */
    private static final String LATER = "later";

    @Override
    public String intro(List<MailLine> lines, Map<String, Object> model) {
        ZonedDateTime at =
                Instant.parse(LetterContents.text(model, "submittedAt")).atZone(zone);
        int waiting = count(lines, MailLine.State.WAITLISTED);
        int pending = count(lines, MailLine.State.PENDING);
        int decided = lines.size() - pending - waiting;
        return words.say(
                "acknowledgement." + key(decided, pending, waiting),
                lines.size(),
                what(lines),
                activities(lines),
                LetterContents.day(at.toLocalDate()),
                LetterContents.time(at.toLocalTime()),
                decided,
                pending,
                waiting);
    }

    private static String key(int decided, int pending, int waiting) {
        if (waiting > 0) {
            return decided + pending == 0 ? "waiting" : "some-wait";
        }
        return decided == 0 ? "pending" : pending == 0 ? "decided" : "mixed";
    }

    @Override
    public List<String> closing(List<MailLine> lines, Map<String, Object> model) {
        List<String> sentences = new ArrayList<>();
        int waiting = count(lines, MailLine.State.WAITLISTED);
        int pending = count(lines, MailLine.State.PENDING);
        int decided = lines.size() - pending - waiting;
        if (Boolean.FALSE.equals(model.get(LATER))) {
            sentences.add(words.say("acknowledgement.where.only", lines.size()));
        } else {
            if (pending > 0) {
                sentences.add(words.say("acknowledgement.follow", LetterContents.civility(model), pending));
            }
            if (waiting > 0) {
                sentences.add(words.say("acknowledgement.place"));
            }
            if (decided > 0) {
                sentences.add(words.say("acknowledgement.recap", decided));
            }
            sentences.add(words.say("acknowledgement.where", lines.size()));
        }
        // Kept before the legal mentions began to say it.
        String reference = LetterContents.text(model, "reference");
        if (!reference.isEmpty() && !model.containsKey("legal")) {
            sentences.add(words.say("acknowledgement.reference", reference));
        }
        return sentences;
    }

    /** Where everything is still to be decided, the sentence above says it once for all lines. */
    @Override
    public boolean withState(List<MailLine> lines) {
        return count(lines, MailLine.State.PENDING) < lines.size();
    }

    private static int count(List<MailLine> lines, MailLine.State state) {
        return (int) lines.stream().filter(line -> line.state() == state).count();
    }

    private String what(List<MailLine> lines) {
        boolean book = lines.stream().anyMatch(line -> line.action() == MailLine.Action.BOOK);
        boolean cancel = lines.stream().anyMatch(line -> line.action() == MailLine.Action.CANCEL);
        return words.say("acknowledgement.what." + (book && cancel ? "both" : cancel ? "cancel" : "book"));
    }

    private String activities(List<MailLine> lines) {
        List<String> names = lines.stream().map(MailLine::activity).distinct().toList();
        return switch (names.size()) {
            case 1 -> names.get(0);
            case 2 -> words.say("acknowledgement.for.two", names.get(0), names.get(1));
            default -> words.say("acknowledgement.for.several", names.size());
        };
    }
}
