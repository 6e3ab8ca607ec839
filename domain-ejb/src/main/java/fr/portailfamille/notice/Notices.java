package fr.portailfamille.notice;

/** The table of notices. */
public final class Notices {

    private Notices() {}

    /** The place of a model, as the vault's associated data: a cipher text put into another row does not open. */
    public static String place(long id) {
        return "notice/model_enc/" + id;
    }
}
