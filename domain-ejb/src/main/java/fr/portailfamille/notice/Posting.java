package fr.portailfamille.notice;

import fr.portailfamille.notice.letter.MailTemplate;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail to be queued, and which request and account it tells of.
 *
 * @param windowEnd the end of the window that it tells the account of; for digests, and once for each
 * @param repeats the notice, written first, that is sent again by this one
 */
public record Posting(
        MailTemplate template,
        String to,
        Map<String, ?> model,
        @Nullable Long requestId,
        @Nullable Long accountId,
        @Nullable Instant windowEnd,
        @Nullable Long repeats) {

    public Posting(
            MailTemplate template,
            String to,
            Map<String, ?> model,
            @Nullable Long requestId,
            @Nullable Long accountId) {
        this(template, to, model, requestId, accountId, null, null);
    }
}
