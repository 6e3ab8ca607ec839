package fr.portailfamille.notice.letter;

/**
 * The picture at the head of a town's e-mails. It goes along with each, so that reading a mail asks nothing of any server.
 *
 * @param type its media type
 * @param width of the picture itself
 */
public record MailLogo(String type, byte[] content, int width, int height) {

    /** The part of the mail that holds it. */
    public static final String CONTENT_ID = "logo@portail-famille";

    private static final int WIDEST = 240;
    private static final int HIGHEST = 72;

    /** Its size in a mail: as it is, or smaller in the same proportion. */
    public int shownWidth() {
        return Math.max(1, (int) Math.round(width * scale()));
    }

    public int shownHeight() {
        return Math.max(1, (int) Math.round(height * scale()));
    }

    private double scale() {
        return Math.min(1, Math.min((double) WIDEST / width, (double) HIGHEST / height));
    }
}
