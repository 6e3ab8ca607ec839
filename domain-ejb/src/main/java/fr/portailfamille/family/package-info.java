/**
 * Families and people as the business application knows them, and which of them a caller may see
 * ({@link fr.portailfamille.family.CallerFamilies}).
 *
 * <p>Invariant: a citizen account sees a family through an active subscription only, and never a child whose membership
 * of that family gives no access.
 */
@org.jspecify.annotations.NullMarked
package fr.portailfamille.family;
