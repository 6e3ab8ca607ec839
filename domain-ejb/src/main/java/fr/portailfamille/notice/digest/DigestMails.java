package fr.portailfamille.notice.digest;

import fr.portailfamille.notice.Posting;
import fr.portailfamille.notice.letter.MailTemplate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gathers the lines of a window, which come digest by digest, into one e-mail per digest, some hundreds at a time. */
final class DigestMails {

    private final Consumer<Map<Long, Posting>> post;
    private final int atOnce;
    private final Map<Long, Posting> ready = new LinkedHashMap<>();
    private final List<Map<String, Object>> lines = new ArrayList<>();
    private @Nullable DigestLine current;
    private int written;

    DigestMails(Consumer<Map<Long, Posting>> post, int atOnce) {
        this.post = post;
        this.atOnce = atOnce;
    }

    void add(DigestLine line) {
        if (current != null && current.digest() != line.digest()) {
            complete(current);
        }
        current = line;
        lines.add(line.line().model());
    }

    /** How many e-mails there were in all. */
    int finish() {
        if (current != null) {
            complete(current);
            current = null;
        }
        flush();
        return written;
    }

    private void complete(DigestLine any) {
        Map<String, Object> model = any.to().model();
        model.put("lines", List.copyOf(lines));
        lines.clear();
        ready.put(
                any.digest(),
                new Posting(
                        MailTemplate.DIGEST,
                        any.to().email(),
                        model,
                        null,
                        any.to().account()));
        written++;
        if (ready.size() >= atOnce) {
            flush();
        }
    }

    private void flush() {
        if (!ready.isEmpty()) {
            post.accept(ready);
            ready.clear();
        }
    }
}
