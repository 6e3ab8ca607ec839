package fr.portailfamille.account;

/** How the columns of a business account are read: an agent's edit holds until Enfance says something else. */
final class BusinessAccountReads {

    static final String NAME_EDITED =
            "coalesce(b.edited_last_name, b.edited_first_name) is not null and b.name is not distinct from b.edited_over_name";

    static final String EMAIL_EDITED =
            "b.edited_email is not null and b.email is not distinct from b.edited_over_email";

    static final String NAME = "case when " + NAME_EDITED
            + " then concat_ws(' ', b.edited_last_name, b.edited_first_name) else b.name end";

    static final String EMAIL = "case when " + EMAIL_EDITED + " then b.edited_email else b.email end";

    private BusinessAccountReads() {}
}
