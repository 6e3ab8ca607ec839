package fr.portailfamille.notice.letter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The e-mails that the portal writes. Their sentences stand in the bundle under {@link #key}. */
public enum MailTemplate {
    ACTIVATION(true),
    PASSWORD_RESET(true),
    AGENT_ACTIVATION(true),
    AGENT_PASSWORD_RESET(true),
    NEW_SUBSCRIBER(false),
    ALREADY_REGISTERED(false),
    ACKNOWLEDGEMENT(false),
    DIGEST(false);

    private final boolean secret;

    MailTemplate(boolean secret) {
        this.secret = secret;
    }

    /** Empty for one that only another version of the portal knows. */
    public static Optional<MailTemplate> named(String name) {
        return Arrays.stream(values())
                .filter(template -> template.name().equals(name))
                .findFirst();
    }

    /** Whether it bears a link that opens an account: what it was filled with is erased once it has left. */
    public boolean secret() {
        return secret;
    }

    /** Name of the template files, HTML and text. */
    String file() {
        return this == ACKNOWLEDGEMENT || this == DIGEST ? "requests" : "account";
    }

    /** Beginning of its bundle keys: {@code password-reset}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
