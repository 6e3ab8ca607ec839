package fr.portailfamille.exchange;

import java.util.regex.Pattern;

/**
 * Cells on their way through a spreadsheet and back. One that a spreadsheet would run as a formula gets an apostrophe in
 * front, and loses it on its way back; numbers, amounts and telephone numbers are left as they are.
 */
final class Spreadsheet {

    /** Apostrophes that stood there before count too, so that each cell comes back as it left. */
    private static final Pattern FORMULA = Pattern.compile("'*(?:[=@\\t\\r]|[+-](?![0-9 ().,/-]*$)).*", Pattern.DOTALL);

    private Spreadsheet() {}

    static String armed(String cell) {
        return FORMULA.matcher(cell).matches() ? "'" + cell : cell;
    }

    static String unarmed(String cell) {
        return cell.startsWith("'") && FORMULA.matcher(cell.substring(1)).matches() ? cell.substring(1) : cell;
    }
}
