package fr.portailfamille.notice.letter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The e-mails that the portal writes. Their sentences stand in the bundle under {@link #key}. */
public enum MailTemplate {
    ACTIVATION(Kind.SECRET),
    PASSWORD_RESET(Kind.SECRET),
    AGENT_ACTIVATION(Kind.SECRET),
    AGENT_PASSWORD_RESET(Kind.SECRET),
    NEW_SUBSCRIBER(Kind.ACCOUNT),
    ALREADY_REGISTERED(Kind.ACCOUNT),
    /** Of bookings and absences asked for in one go. */
    ACKNOWLEDGEMENT(Kind.REQUEST),
    /** Of any other request. */
    RECEIPT(Kind.REQUEST),
    /** How any other request ended. */
    OUTCOME(Kind.REQUEST),
    /** How bookings and absences were decided, twice a day. */
    DIGEST(Kind.WISHED);

    private enum Kind {
        /** With a link that opens an account. */
        SECRET,
        ACCOUNT,
        /** Owed by law, whatever the family wishes to get. */
        REQUEST,
        /** Sent to those who accept e-mails. */
        WISHED
    }

    private static final List<String> SECRETS = Arrays.stream(values())
            .filter(MailTemplate::secret)
            .map(MailTemplate::name)
            .toList();

    private final Kind kind;

    MailTemplate(Kind kind) {
        this.kind = kind;
    }

    /** Empty for one that only another version of the portal knows. */
    public static Optional<MailTemplate> named(String name) {
        return Arrays.stream(values())
                .filter(template -> template.name().equals(name))
                .findFirst();
    }

    /** Whether it bears a link that opens an account: what it was filled with is erased once it has left. */
    public boolean secret() {
        return kind == Kind.SECRET;
    }

    /** The names of those. */
    public static List<String> secrets() {
        return SECRETS;
    }

    /** Whether a family that does not accept e-mails is spared it. */
    public boolean wished() {
        return kind == Kind.WISHED;
    }

    /** Whether it speaks of requests, in the frame that agents complete with a text of the town. */
    public boolean aboutRequests() {
        return kind == Kind.REQUEST || kind == Kind.WISHED;
    }

    /** Name of the template files, HTML and text. */
    String file() {
        return aboutRequests() ? "requests" : "account";
    }

    /** Beginning of its bundle keys: {@code password-reset}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
