package fr.portailfamille.notice.letter;

import fr.portailfamille.town.TownProfile;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a receipt says by law: when the request was received and under which reference, which service is in charge and how
 * to reach it, until when there will be an answer and what silence means; and with a refusal, where to contest it.
 */
record LegalWording(Wording words, TownProfile town) {

    /**
     * The sentences.
     *
     * @param pending how many lines still wait for a decision; without any, silence means nothing
     * @param refused whether the mail tells a refusal: it says then how to contest it (code de justice administrative,
     *     article R. 421-5), whatever else the town has set
     */
    List<String> sentences(MailTemplate template, Map<String, Object> model, int pending, boolean refused) {
        Map<String, Object> legal = model.get("legal") instanceof Map<?, ?> kept ? strings(kept) : Map.of();
        List<String> sentences = new ArrayList<>();
        boolean receipt = template == MailTemplate.ACKNOWLEDGEMENT || template == MailTemplate.RECEIPT;
        if (receipt && !legal.isEmpty()) {
            sentences.addAll(received(model, legal, pending));
        }
        boolean silentRefusal =
                receipt && pending > 0 && LetterContents.text(legal, "silence").equals("REFUSED");
        if (refused || silentRefusal) {
            sentences.add(recourse(legal));
        }
        return sentences;
    }

    private List<String> received(Map<String, Object> model, Map<String, Object> legal, int pending) {
        List<String> sentences = new ArrayList<>();
        ZonedDateTime received =
                Instant.parse(LetterContents.text(model, "submittedAt")).atZone(town.zone());
        sentences.add(words.say(
                "legal.received",
                LetterContents.day(received.toLocalDate()),
                LetterContents.time(received.toLocalTime()),
                LetterContents.text(model, "reference")));
        sentences.add(words.say("legal.service", service(legal)));
        if (pending > 0) {
            boolean refusal = LetterContents.text(legal, "silence").equals("REFUSED");
            String until = LetterContents.day(LocalDate.parse(LetterContents.text(legal, "replyBy")));
            sentences.add(words.say(refusal ? "legal.silence.refused" : "legal.silence.accepted", until, pending));
        }
        return sentences;
    }

    private String recourse(Map<String, Object> legal) {
        String own = LetterContents.text(legal, "recourse");
        return own.isEmpty() ? words.say("legal.recourse") : own;
    }

    /** Name, postal address, e-mail and telephone, as far as the town has given them. */
    private String service(Map<String, Object> legal) {
        String own = LetterContents.text(legal, "service");
        String sender = town.senderName() == null || town.senderName().isBlank() ? town.name() : town.senderName();
        String address = town.postalAddress() == null
                ? ""
                : String.join(
                        ", ",
                        town.postalAddress()
                                .lines()
                                .map(String::strip)
                                .filter(line -> !line.isEmpty())
                                .toList());
        String phone = town.servicePhone() == null ? "" : town.servicePhone().strip();
        return String.join(
                ", ",
                Stream.of(own.isEmpty() ? sender.strip() : own, address, LetterContents.text(legal, "email"), phone)
                        .filter(part -> !part.isEmpty())
                        .toList());
    }

    private static Map<String, Object> strings(Map<?, ?> kept) {
        Map<String, Object> strings = new LinkedHashMap<>();
        kept.forEach((key, value) -> strings.put(String.valueOf(key), value));
        return strings;
    }
}
