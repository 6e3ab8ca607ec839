package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.launcher.Project;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lots of the documentation come in without a rejected row; the decisions answer requests that only its town has. */
@Tag("container")
@Tag("X1")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class SampleLotsIT {

    private final Vendor vendor = Vendor.ofNewTown();

    @Test
    void every_row_of_them_is_taken() throws Exception {
        for (String lot :
                new String[] {"01_reference", "02_individuals", "03_registrations", "04_bookings", "06_billing"}) {
            Vendor.Answer sent = vendor.send(ofThisTown(Project.root().resolve("docs/lots/" + lot + ".zip")));
            assertThat(sent.status()).as(lot + " " + sent.body()).isEqualTo(202);

            JsonObject state = vendor.follow(UUID.fromString(sent.json().getString("lotId")));

            assertThat(state.getString("state")).as(state.toString()).isEqualTo("APPLIED");
            assertThat(state.getJsonObject("rows").getInt("created")).isPositive();
            assertThat(state.getJsonObject("rows").getInt("rejected"))
                    .as(lot + " "
                            + vendor.get("/lots/" + state.getString("lotId") + "/rejects.csv")
                                    .body())
                    .isZero();
        }
        assertThat(vendor.value("select count(*) from app.stored_document where town_id = :town"))
                .as("the invoice that is a document")
                .isEqualTo("1");
    }

    /** The same lot for another town: no hash covers the manifest. */
    private byte[] ofThisTown(Path lot) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipFile zip = new ZipFile(lot.toFile());
                ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                out.putNextEntry(new ZipEntry(entry.getName()));
                try (InputStream in = zip.getInputStream(entry)) {
                    byte[] content = in.readAllBytes();
                    out.write(
                            entry.getName().equals("manifest.json")
                                    ? new String(content, StandardCharsets.UTF_8)
                                            .replace("\"saint-exemple\"", '"' + vendor.town() + '"')
                                            .getBytes(StandardCharsets.UTF_8)
                                    : content);
                }
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
