package fr.portailfamille.notice;

import fr.portailfamille.notice.letter.MailTemplate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An e-mail to be queued, and which request and account it tells of. */
public record Posting(
        MailTemplate template,
        String to,
        Map<String, ?> model,
        @Nullable Long requestId,
        @Nullable Long accountId) {}
