package fr.portailfamille.exchange.format;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Numbers of bank accounts as ISO 13616 has them. */
final class Ibans {

    private static final Pattern FORM = Pattern.compile("[A-Z]{2}\\d{2}[A-Z0-9]{11,30}");

    /**
     * How long they are in the countries of SEPA, from where direct debits may be drawn, by SWIFT's registry. Of other
     * countries any length that the standard allows is good.
     */
    private static final Map<String, Integer> LENGTHS = Arrays.stream("""
                    AD24 AL28 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GI23 GR27 HR21 HU28 IE22 IS26
                    IT27 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MT31 NL18 NO15 PL28 PT25 RO24 RS22 SE24 SI19 SK24 SM27 VA22
                    """.trim().split("\\s+"))
            .collect(Collectors.toMap(each -> each.substring(0, 2), each -> Integer.valueOf(each.substring(2))));

    private Ibans() {}

    /** Whether its length and its check digits are right; without blanks, in upper case. */
    static boolean isIban(String text) {
        return FORM.matcher(text).matches()
                && LENGTHS.getOrDefault(text.substring(0, 2), text.length()) == text.length()
                && remainder(text) == 1;
    }

    /** Of the number that it is with its first four characters at its end and letters from 10 to 35. */
    private static int remainder(String text) {
        StringBuilder digits = new StringBuilder();
        String turned = text.substring(4) + text.substring(0, 4);
        for (int i = 0; i < turned.length(); i++) {
            digits.append(Character.digit(turned.charAt(i), 36));
        }
        return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).intValue();
    }
}
