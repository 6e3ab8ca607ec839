package fr.portailfamille.family;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person in one family; somebody of two families is two rows.
 *
 * @param id of the membership
 * @param synchronised when the last lot that created or changed the person was applied
 * @param accounts how many business accounts know the family
 */
public record IndividualRow(
        long id,
        String lastName,
        String firstName,
        String ref,
        @Nullable Instant synchronised,
        IndividualRole role,
        boolean archived,
        long family,
        String familyName,
        long accounts) {}
