package fr.portailfamille.account;

import fr.portailfamille.common.Email;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The form « Créer un compte ».
 *
 * @param code code abonné, empty where none was given
 * @param childBirthDate second proof beside the code
 */
public record SignUp(
        Civility civility,
        String lastName,
        String firstName,
        Email email,
        String password,
        Optional<SubscriptionCode> code,
        Optional<LocalDate> childBirthDate) {}
