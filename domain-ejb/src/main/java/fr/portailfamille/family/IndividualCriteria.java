package fr.portailfamille.family;

import org.jspecify.annotations.Nullable;

/**
 * What the list of individuals is narrowed by; null or empty fields narrow nothing.
 *
 * @param name words of the name, in any order
 * @param ref part of the reference
 * @param archived true for those that left Enfance's lots, false for the others
 * @param family one family
 */
public record IndividualCriteria(
        @Nullable String name,
        @Nullable String ref,
        @Nullable IndividualRole role,
        @Nullable Boolean archived,
        @Nullable Long family) {

    public static final IndividualCriteria ALL = new IndividualCriteria(null, null, null, null, null);
}
