package fr.portailfamille.notice;

/** The table of notices. */
final class Notices {

    private Notices() {}

    /** The place of a model, as the vault's associated data: a cipher text put into another row does not open. */
    static String place(long id) {
        return "notice/model_enc/" + id;
    }
}
