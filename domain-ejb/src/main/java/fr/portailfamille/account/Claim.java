package fr.portailfamille.account;

import java.time.LocalDate;
import java.util.Optional;

/** A code abonné and, where one was given, the birth date of a child as second proof. */
record Claim(SubscriptionCode code, Optional<LocalDate> childBirthDate) {}
