package fr.portailfamille.backoffice;

import jakarta.faces.context.ExternalContext;
import jakarta.faces.context.FacesContext;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** An answer that is a file instead of a page. */
final class Download {

    /** What goes into the file. */
    interface Content {
        void writeTo(Writer file) throws IOException;
    }

    interface Bytes {
        void writeTo(OutputStream file) throws IOException;
    }

    private Download() {}

    static void csv(String name, Content content) throws IOException {
        send(name, "text/csv;charset=UTF-8", out -> {
            Writer file = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            // Without it, spreadsheets take the file for Windows-1252.
            file.write('\uFEFF');
            content.writeTo(file);
            file.flush();
        });
    }

    static void zip(String name, Bytes content) throws IOException {
        send(name, "application/zip", content);
    }

    private static void send(String name, String type, Bytes content) throws IOException {
        FacesContext faces = FacesContext.getCurrentInstance();
        ExternalContext external = faces.getExternalContext();
        external.responseReset();
        external.setResponseContentType(type);
        external.setResponseHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        external.setResponseHeader("X-Content-Type-Options", "nosniff");
        external.setResponseHeader("Cache-Control", "no-store");
        try (OutputStream file = external.getResponseOutputStream()) {
            content.writeTo(file);
        }
        faces.responseComplete();
    }
}
