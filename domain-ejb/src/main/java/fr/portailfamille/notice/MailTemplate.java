package fr.portailfamille.notice;

import java.util.Locale;

/** The e-mails that the portal writes. Each has a pair of template files, HTML and text, named after it. */
public enum MailTemplate {
    ACTIVATION(true),
    PASSWORD_RESET(true),
    AGENT_ACTIVATION(true),
    AGENT_PASSWORD_RESET(true),
    NEW_SUBSCRIBER(false),
    ACKNOWLEDGEMENT(false),
    DIGEST(false);

    private final boolean secret;

    MailTemplate(boolean secret) {
        this.secret = secret;
    }

    /** Whether it bears a link that opens an account: what it was filled with is erased once it has left. */
    boolean secret() {
        return secret;
    }

    /** Name of the template files and of the bundle keys: {@code password-reset}. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
