package fr.portailfamille.account;

/**
 * A citizen account in a list.
 *
 * @param subscriptions how many business accounts it is subscribed to
 */
public record CitizenAccountRow(
        long id,
        String email,
        String lastName,
        String firstName,
        boolean partner,
        AccountState state,
        long subscriptions) {}
