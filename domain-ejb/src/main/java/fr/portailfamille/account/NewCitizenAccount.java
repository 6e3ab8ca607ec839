package fr.portailfamille.account;

import fr.portailfamille.common.Email;

/** An account that an agent opens for somebody who cannot; the password is its holder's to choose. */
public record NewCitizenAccount(Civility civility, String lastName, String firstName, Email email, boolean partner) {}
