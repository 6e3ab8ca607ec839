package fr.portailfamille.account;

import org.jspecify.annotations.Nullable;

/**
 * What the list of citizen accounts is narrowed by; null or empty fields narrow nothing.
 *
 * @param email part of the address
 * @param lastName words of the last name
 * @param firstName words of the first name
 * @param businessAccount those that are subscribed to this business account
 * @param family those that are subscribed to an account of this family
 */
public record CitizenAccountCriteria(
        @Nullable String email,
        @Nullable String lastName,
        @Nullable String firstName,
        @Nullable Boolean partner,
        @Nullable AccountState state,
        @Nullable Long businessAccount,
        @Nullable Long family) {

    public static final CitizenAccountCriteria ALL =
            new CitizenAccountCriteria(null, null, null, null, null, null, null);
}
