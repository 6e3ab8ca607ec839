package fr.portailfamille.account;

import org.jspecify.annotations.Nullable;

/**
 * What the list of business accounts is narrowed by; null or empty fields narrow nothing.
 *
 * @param code part of the code abonné
 * @param name words of the name, Enfance's or an agent's
 * @param email part of its address or of a subscriber's
 * @param linked true for those with a citizen account, false for orphans
 * @param citizen those that this citizen account is subscribed to
 * @param family those of this family
 */
public record BusinessAccountCriteria(
        @Nullable String universe,
        @Nullable String issuer,
        @Nullable String code,
        @Nullable String name,
        @Nullable String email,
        @Nullable Boolean linked,
        @Nullable Long citizen,
        @Nullable Long family) {

    public static final BusinessAccountCriteria ALL =
            new BusinessAccountCriteria(null, null, null, null, null, null, null, null);
}
