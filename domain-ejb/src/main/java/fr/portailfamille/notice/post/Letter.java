package fr.portailfamille.notice.post;

import fr.portailfamille.notice.letter.MailLogo;
import fr.portailfamille.notice.letter.RenderedMail;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notice ready to be handed to a mail server.
 *
 * @param logo that the mail's HTML shows; null for none
 * @param fromAddress the town's own; null leaves it to the server's mail session
 */
record Letter(
        String messageId,
        String fromName,
        @Nullable String fromAddress,
        String to,
        RenderedMail mail,
        Instant date,
        @Nullable MailLogo logo) {}
