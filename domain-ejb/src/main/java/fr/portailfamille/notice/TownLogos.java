package fr.portailfamille.notice;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.notice.letter.MailLogo;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;

/** The logo of the scope's town, for whoever packs its mails. */
@Stateless
@RolesAllowed("SYSTEM")
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class TownLogos {

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    public Optional<MailLogo> logo() {
        return of(database, town.id());
    }

    static Optional<MailLogo> of(Database database, int town) {
        return database.read(handle -> handle.createQuery(
                        "select type, content, width, height from town_logo where town_id = :town")
                .bind("town", town)
                .map((row, context) -> new MailLogo(
                        row.getString("type"), row.getBytes("content"), row.getInt("width"), row.getInt("height")))
                .findOne());
    }
}
