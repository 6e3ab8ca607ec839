package fr.portailfamille.common;

/**
 * What a search by name compares: lower case, without accents, ligatures resolved, runs of blanks, hyphens and apostrophes
 * as one blank. The same as {@code search_text} of the schema, which a test compares; computed here where millions of
 * names pass.
 */
public final class SearchText {

    private static final String ACCENTED = "àâäáãåçćčéèêëęíìîïłñńòôöóõøśšúùûüýÿźżž";
    private static final String PLAIN = "aaaaaaccceeeeeiiiilnnoooooossuuuuyyzzz";

    private SearchText() {}

    public static String of(String original) {
        StringBuilder text = new StringBuilder(original.length() + 4);
        boolean blank = false;
        for (int i = 0; i < original.length(); ) {
            int point = original.codePointAt(i);
            i += Character.charCount(point);
            boolean letter = point >= 'a' && point <= 'z' || point >= 'A' && point <= 'Z';
            if (letter && !blank) {
                // Nearly all of them.
                text.append((char) (point | 0x20));
            } else if (separates(point)) {
                blank = true;
            } else {
                if (blank && text.length() > 0) {
                    text.append(' ');
                }
                blank = false;
                append(text, Character.toLowerCase(point));
            }
        }
        return text.toString();
    }

    private static boolean separates(int point) {
        return Character.isWhitespace(point)
                || Character.isSpaceChar(point)
                || point == 0x85
                || point == '\''
                || point == '’'
                || point == '_'
                || point == '-';
    }

    private static void append(StringBuilder text, int point) {
        switch (point) {
            case 'œ' -> text.append("oe");
            case 'æ' -> text.append("ae");
            case 'ß' -> text.append("ss");
            default -> {
                int at = point < 0x80 ? -1 : ACCENTED.indexOf(point);
                text.appendCodePoint(at < 0 ? point : PLAIN.charAt(at));
            }
        }
    }
}
