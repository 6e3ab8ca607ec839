package fr.portailfamille.notice;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An e-mail to be queued, and which request and account it tells of. */
record Posting(
        MailTemplate template,
        String to,
        Map<String, ?> model,
        @Nullable Long requestId,
        @Nullable Long accountId) {}
