package fr.portailfamille.notice.letter;

import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the portal stands on the web, from configuration ({@code PORTAIL_BASE_URL}) and never from a request: a forged
 * Host header must not end in a link that somebody clicks.
 */
public record PortalAddress(URI base) {

    public PortalAddress {
        if (base.getHost() == null) {
            throw new IllegalArgumentException("PORTAIL_BASE_URL must be an absolute address: " + base);
        }
    }

    private static final Pattern MESSAGE_ID = Pattern.compile("<[0-9a-f-]{36}\\.t(\\d{1,9})@[^<>@\\s]+>");

    private static final PortalAddress CONFIGURED = of(System.getenv("PORTAIL_BASE_URL"));

    public static PortalAddress configured() {
        return CONFIGURED;
    }

    static PortalAddress of(@Nullable String url) {
        String base = url == null || url.isBlank() ? "http://localhost:8080" : url.strip();
        return new PortalAddress(URI.create(base.replaceAll("/+$", "")));
    }

    /** A page of a town's portal, as {@code accueil} or {@code activation}. */
    public String portal(String townCode, String page) {
        return base + "/portail/" + townCode + "/" + page;
    }

    /** A page of a town's back-office. */
    public String backOffice(String townCode, String page) {
        return base + "/backoffice/" + townCode + "/" + page;
    }

    /** A Message-ID that nobody has used before; it tells the town, so that mail that comes back finds its way. */
    public static String messageId(int town) {
        return "<" + UUID.randomUUID() + ".t" + town + "@" + CONFIGURED.base.getHost() + ">";
    }

    /** Which town's mail bears the Message-ID; empty for one that was not drawn here. */
    public static Optional<Integer> townOf(String messageId) {
        Matcher ours = MESSAGE_ID.matcher(messageId);
        return ours.matches() ? Optional.of(Integer.valueOf(ours.group(1))) : Optional.empty();
    }
}
