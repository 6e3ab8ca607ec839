package fr.portailfamille.request;

/** The places of the encrypted values of lines, as the vault's associated data. */
public final class LineSecrets {

    private LineSecrets() {}

    /** @param column of {@code change_line} or {@code upload_line} */
    public static String place(String column, long request, int line) {
        return "request_line/" + column + "/" + request + "/" + line;
    }
}
