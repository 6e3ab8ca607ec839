package fr.portailfamille.notice;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A telephone number that takes short messages, as people and business applications write it. */
final class MobileNumber {

    private static final Pattern FRENCH = Pattern.compile("(?:\\+33)?0?([67]\\d{8})");
    private static final Pattern ABROAD = Pattern.compile("\\+[1-9]\\d{7,14}");

    /** Mobiles overseas have the country code of their territory (plan national de numérotation). */
    private static final Map<String, String> OVERSEAS = Map.of(
            "690", "590", "691", "590", "692", "262", "693", "262", "694", "594", "696", "596", "697", "596", "639",
            "262");

    private MobileNumber() {}

    /** In international form (E.164); empty for a number that no message would reach. */
    static Optional<String> of(@Nullable String written) {
        if (written == null) {
            return Optional.empty();
        }
        String digits = written.replace("(0)", "")
                .replaceAll("[\\s\\u00A0\\u202F.\\-()/]", "")
                .replaceFirst("^00", "+");
        if (!digits.startsWith("0") && !digits.startsWith("+")) {
            return Optional.empty();
        }
        Matcher french = FRENCH.matcher(digits);
        if (french.matches()) {
            String number = french.group(1);
            return Optional.of("+" + OVERSEAS.getOrDefault(number.substring(0, 3), "33") + number);
        }
        return Optional.of(digits)
                .filter(number -> ABROAD.matcher(number).matches())
                .filter(number -> !number.startsWith("+33"));
    }
}
