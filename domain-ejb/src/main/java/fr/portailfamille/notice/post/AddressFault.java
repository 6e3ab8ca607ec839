package fr.portailfamille.notice.post;

import java.util.regex.Pattern;

/** Tells of the answers to a recipient those that say that there is no such address from those about rules or the moment. */
public final class AddressFault {

    /** No such mailbox or domain, moved, or no longer in use: enhanced codes X.1.x and X.2.1 (RFC 3463). */
    private static final Pattern ENHANCED = Pattern.compile("5\\d\\d[ -]5\\.(1\\.[0-46]|1\\.10|2\\.1)\\b.*");

    /** Of servers that give no enhanced code: unknown user, not local, syntax. */
    private static final Pattern PLAIN = Pattern.compile("55[013][ -](?!\\d\\.\\d).*");

    private AddressFault() {}

    public static boolean tells(String reason) {
        return ENHANCED.matcher(reason).matches() || PLAIN.matcher(reason).matches();
    }
}
