package fr.portailfamille.notice;

import fr.portailfamille.notice.letter.Wording;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What counts as an address that a mail can be sent to: one, plain, ASCII, without a name or a line break. */
public final class MailAddress {

    public static final int LONGEST = 254;

    private MailAddress() {}

    /** Why nothing can be sent there, in French, for agents; empty for an address that may be tried. */
    public static Optional<String> fault(@Nullable String address) {
        Wording french = Wording.french();
        if (address == null || address.isBlank()) {
            return Optional.of(french.say("address.missing"));
        }
        if (address.length() > LONGEST) {
            return Optional.of(french.say("address.too-long", LONGEST));
        }
        // Before any parser sees it: a line break would begin a header of the writer's own.
        if (!address.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
            return Optional.of(french.say("address.malformed"));
        }
        try {
            InternetAddress[] parsed = InternetAddress.parse(address, true);
            boolean plain = parsed.length == 1 && !parsed[0].isGroup() && address.equals(parsed[0].getAddress());
            if (!plain || address.indexOf('@') < 1) {
                return Optional.of(french.say("address.malformed"));
            }
            parsed[0].validate();
            return Optional.empty();
        } catch (AddressException e) {
            return Optional.of(french.say("address.malformed"));
        }
    }

    /** As kept for agents to read: bounded, and without control characters. */
    public static String shown(@Nullable String address) {
        if (address == null) {
            return "";
        }
        String visible = address.replaceAll("\\p{Cntrl}", "?");
        return visible.length() > LONGEST ? visible.substring(0, LONGEST) : visible;
    }
}
