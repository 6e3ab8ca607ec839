package fr.portailfamille.request;

/** Whose values a family may ask to change. */
public enum ChangeSubject {
    FAMILY,
    INDIVIDUAL,
    PICKUP_CONTACT,
    ALLERGY,
    VACCINATION,
    PHOTO
}
