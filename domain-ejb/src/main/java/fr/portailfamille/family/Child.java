package fr.portailfamille.family;

import java.io.Serializable;

/**
 * A child as the pages of its family name it.
 *
 * @param colour 1 to 8, the same on every page
 * @param readOnly whether the family sees the child without asking anything for it
 */
public record Child(long id, String firstName, String lastName, int colour, boolean readOnly) implements Serializable {

    public static final int COLOURS = 8;

    /** One or two letters: of a composed first name both. */
    public String initials() {
        StringBuilder initials = new StringBuilder();
        for (String part : firstName.strip().split("[ -]+")) {
            if (!part.isEmpty() && initials.length() < 2) {
                initials.appendCodePoint(Character.toUpperCase(part.codePointAt(0)));
            }
        }
        return initials.toString();
    }
}
