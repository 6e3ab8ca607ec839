package fr.portailfamille.notice.letter;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * « Votre demande de modification de l'adresse principale 2026-… a bien été prise en compte … », and « Votre demande …,
 * réalisée le …, a été acceptée le … ».
 */
record RequestWording(Wording words, ZoneId zone) {

    String intro(MailTemplate template, Map<String, Object> model) {
        String what = words.say("request." + LetterContents.text(model, "type"));
        String reference = LetterContents.text(model, "reference");
        ZonedDateTime submitted = at(model, "submittedAt");
        if (template == MailTemplate.RECEIPT) {
            return words.say(
                    "receipt.intro",
                    what,
                    reference,
                    LetterContents.day(submitted.toLocalDate()),
                    LetterContents.time(submitted.toLocalTime()));
        }
        return words.say(
                "outcome.intro",
                what,
                reference,
                LetterContents.day(submitted.toLocalDate()),
                words.say("outcome." + LetterContents.text(model, "outcome")),
                LetterContents.day(at(model, "decidedAt").toLocalDate()));
    }

    List<String> closing(MailTemplate template, Map<String, Object> model) {
        List<String> sentences = new ArrayList<>();
        if (template == MailTemplate.RECEIPT) {
            sentences.add(words.say("acknowledgement.follow", LetterContents.civility(model), 1));
        }
        sentences.add(words.say("acknowledgement.where", 1));
        return sentences;
    }

    /** Whether something was refused. */
    static boolean refused(Map<String, Object> model) {
        return !LetterContents.text(model, "outcome").equals("ACCEPTED");
    }

    private ZonedDateTime at(Map<String, Object> model, String key) {
        return Instant.parse(LetterContents.text(model, key)).atZone(zone);
    }
}
