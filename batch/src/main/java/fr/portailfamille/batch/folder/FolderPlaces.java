package fr.portailfamille.batch.folder;

import fr.portailfamille.common.Failpoints;

/** Where drills may end the server while it looks into a drop folder. */
final class FolderPlaces {

    /** A lot is received; its file lies where it was. */
    static final String AFTER_TAKING_IN = "folder-after-taking-in";

    /** The answer stands in the folder of files that were put away; the file does not. */
    static final String BEFORE_PUTTING_AWAY = "folder-before-putting-away";

    /** The file is away; nobody follows its lot. */
    static final String AFTER_PUTTING_AWAY = "folder-after-putting-away";

    /** A lot is the one to be laid out, and is not there. */
    static final String AFTER_OFFER = "folder-after-offer";

    /** Its file is there; that it is has not been noted. */
    static final String AFTER_LAYING_OUT = "folder-after-laying-out";

    /** Its file was taken, and acknowledged by that; it is still the current one. */
    static final String AFTER_TAKEN = "folder-after-taken";

    private FolderPlaces() {}

    static void reached(String place) {
        Failpoints.reached(place);
    }
}
