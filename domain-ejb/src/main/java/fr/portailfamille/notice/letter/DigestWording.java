package fr.portailfamille.notice.letter;

import java.util.List;
import java.util.Map;

/** « 11 de vos demandes ont été traitées : ». */
record DigestWording(Wording words) implements LetterContents.LinesWording {

    @Override
    public String intro(List<MailLine> lines, Map<String, Object> model) {
        return words.say("digest.intro", lines.size());
    }

    @Override
    public List<String> closing(List<MailLine> lines, Map<String, Object> model) {
        return List.of(words.say("digest.where", lines.size()));
    }

    @Override
    public boolean withState(List<MailLine> lines) {
        return true;
    }
}
