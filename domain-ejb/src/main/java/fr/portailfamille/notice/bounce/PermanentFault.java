package fr.portailfamille.notice.bounce;

import fr.portailfamille.notice.post.AddressFault;
import java.util.regex.Pattern;

/** Why a mail will not arrive. */
final class PermanentFault {

    private static final int LONGEST = 500;

    /**
     * Of the mailbox or its domain (RFC 3463): no such address, moved, mailbox closed or full, no such host. Not of the
     * sender, the content or a policy, which would be the fault of whoever sends, and not 4.x.x: the server gave up, and
     * the address may be as good as ever.
     */
    private static final Pattern STATUS = Pattern.compile("5\\.(1\\.([0-46]|10)|2\\.[0-2]|4\\.[14])");

    /** Says nothing: Exim reports all its failures so, and leaves the reason to the other server's words. */
    private static final String UNDEFINED = "5.0.0";

    private static final Pattern SERVERS_WORDS = Pattern.compile("\\d{3}[ -].*", Pattern.DOTALL);

    private PermanentFault() {}

    /** Whether no other mail will arrive there either. */
    static boolean ofAddress(DeliveryReport.Fate fate) {
        String words = shown(fate.diagnostic());
        if (!fate.status().equals(UNDEFINED)) {
            return STATUS.matcher(fate.status()).matches();
        }
        return SERVERS_WORDS.matcher(words).matches() ? AddressFault.tells(words) : true;
    }

    /** As agents read it: one line, bounded, and of nothing that a page or a database would stumble over. */
    static String shown(String words) {
        String line = words.codePoints()
                .map(c -> Character.isISOControl(c) || Character.isWhitespace(c) ? ' ' : c)
                .filter(c -> Character.getType(c) != Character.FORMAT && Character.getType(c) != Character.SURROGATE)
                .limit(LONGEST)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String shown = line.strip().replaceAll(" +", " ");
        return shown.isEmpty() ? "?" : shown;
    }
}
