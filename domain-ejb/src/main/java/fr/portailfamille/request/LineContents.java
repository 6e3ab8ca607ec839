package fr.portailfamille.request;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.TownVault;
import fr.portailfamille.common.TownVaults;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What lines ask for beside bookings, in tables of their own; whatever may be secret is encrypted. */
@ApplicationScoped
class LineContents {

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private TownVaults vaults;

    void write(long request, List<NewLine> lines) {
        for (int i = 0; i < lines.size(); i++) {
            NewLine line = lines.get(i);
            if (line instanceof NewLine.Change change) {
                write(new Place(vaults.of(town.id()), request, i + 1), change);
            } else if (line instanceof NewLine.Upload upload) {
                write(new Place(vaults.of(town.id()), request, i + 1), upload);
            }
        }
    }

    private record Place(TownVault vault, long request, int line) {
        byte @Nullable [] seal(String column, @Nullable String value) {
            return vault.encrypt(LineSecrets.place(column, request, line), value);
        }
    }

    private void write(Place at, NewLine.Change change) {
        database.write(handle -> handle.createUpdate("""
                        insert into change_line (town_id, request_id, line, operation, subject_kind, subject_enc, parent_ref,
                                                 item, field, old_enc, new_enc)
                        values (:town, :request, :line, :operation, :kind, :subject, :parent, :item, :field, :old, :new)""")
                .bind("town", town.id())
                .bind("request", at.request())
                .bind("line", at.line())
                .bind("operation", change.operation().name())
                .bind("kind", change.subjectKind().name())
                .bind("subject", at.seal("subject_enc", change.subject()))
                .bind("parent", change.parent())
                .bind("item", change.item())
                .bind("field", change.field())
                .bind("old", at.seal("old_enc", change.oldValue()))
                .bind("new", at.seal("new_enc", change.newValue()))
                .execute());
    }

    /** What the name of a file ends in, where that is harmless. */
    static String extension(String fileName) {
        String end = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return end.length() < fileName.length() && end.matches("[a-z0-9]{1,8}") ? end : "bin";
    }

    private void write(Place at, NewLine.Upload upload) {
        database.write(handle -> handle.createUpdate("""
                        insert into upload_line (town_id, request_id, line, type_ref, subject_ref, file_name_enc, comment_enc,
                                                 extension, document_id)
                        values (:town, :request, :line, :type, :subject, :name, :comment, :extension, :document)""")
                .bind("town", town.id())
                .bind("request", at.request())
                .bind("line", at.line())
                .bind("type", upload.type())
                .bind("subject", upload.subject())
                .bind("name", at.seal("file_name_enc", upload.fileName()))
                .bind("comment", at.seal("comment_enc", upload.comment()))
                .bind("extension", extension(upload.fileName()))
                .bind("document", upload.document().id())
                .execute());
    }
}
