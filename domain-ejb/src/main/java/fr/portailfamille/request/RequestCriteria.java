package fr.portailfamille.request;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a list of requests is narrowed by; null or empty fields narrow nothing.
 *
 * @param ref part of a reference
 * @param account part of the name of the citizen account, accents and case set aside
 * @param email part of its address
 * @param from first day of arrival
 * @param to last day of arrival
 */
public record RequestCriteria(
        @Nullable String ref,
        @Nullable String account,
        @Nullable String email,
        @Nullable RequestType type,
        @Nullable RequestState state,
        @Nullable LocalDate from,
        @Nullable LocalDate to) {

    public static final RequestCriteria ALL = new RequestCriteria(null, null, null, null, null, null, null);

    public static RequestCriteria of(@Nullable RequestType type, @Nullable RequestState state) {
        return new RequestCriteria(null, null, null, type, state, null, null);
    }
}
