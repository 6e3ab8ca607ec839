package fr.portailfamille.notice.post;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Parts of a mail, one after the other, as octets (RFC 2046, 5.1). Only sets them: what is in them has been encoded. The
 * library's own parts look for its services with each of them, and again when each is written; that took a seventh of
 * composing a letter.
 */
final class Multipart {

    private static final String END = "\r\n";

    private final String kind;
    private final String boundary = "=_" + UUID.randomUUID();
    private final Octets out;

    /** @param kind alternative, related … */
    Multipart(String kind, int room) {
        this.kind = kind;
        out = new Octets(room);
    }

    /** As the header that announces the parts has it. The boundary begins as no encoded line can. */
    String contentType() {
        return "multipart/" + kind + ";" + END + "\tboundary=\"" + boundary + "\"";
    }

    /** @param headers whole lines, without their ends */
    void add(byte[] content, String... headers) {
        write("--" + boundary + END);
        for (String header : headers) {
            write(header + END);
        }
        write(END);
        out.write(content, 0, content.length);
        write(END);
    }

    byte[] finish() {
        write("--" + boundary + "--" + END);
        return out.toByteArray();
    }

    private void write(String line) {
        byte[] octets = line.getBytes(StandardCharsets.US_ASCII);
        out.write(octets, 0, octets.length);
    }
}
