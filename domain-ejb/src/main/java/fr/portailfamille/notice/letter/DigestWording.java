package fr.portailfamille.notice.letter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** « 11 de vos demandes ont été traitées et un jour a été modifié par la ville : ». */
record DigestWording(Wording words) implements LetterContents.LinesWording {

    @Override
    public String intro(List<MailLine> lines, Map<String, Object> model) {
        int changes = changes(lines);
        int decisions = lines.size() - changes;
        if (changes == 0) {
            return words.say("digest.intro", decisions);
        }
        return decisions == 0
                ? words.say("digest.intro.changes", changes)
                : words.say("digest.intro.both", decisions, changes);
    }

    @Override
    public List<String> closing(List<MailLine> lines, Map<String, Object> model) {
        int changes = changes(lines);
        List<String> closing = new ArrayList<>();
        if (changes < lines.size()) {
            closing.add(words.say("digest.where", lines.size() - changes));
        }
        if (changes > 0) {
            closing.add(words.say("digest.where.changes", changes));
        }
        return closing;
    }

    @Override
    public boolean withState(List<MailLine> lines) {
        return true;
    }

    private static int changes(List<MailLine> lines) {
        return (int) lines.stream()
                .filter(line -> line.action() == MailLine.Action.CHANGE)
                .count();
    }
}
