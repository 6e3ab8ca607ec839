package fr.portailfamille.notice;

import fr.portailfamille.common.ChangeLog;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.notice.letter.MailLogo;
import fr.portailfamille.notice.letter.Wording;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** « Notifications »: the logo at the head of the town's e-mails. */
@Stateless
@RolesAllowed("MENU_NOTIFICATIONS")
public class LogoDesk {

    /** Octets that a file may have; no more of it needs to be read to know. */
    public static final int HEAVIEST = LogoFile.HEAVIEST;

    @Resource
    private SessionContext context;

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    @Inject
    private ChangeLog changes;

    public Optional<MailLogo> logo() {
        return TownLogos.of(database, town.id());
    }

    /**
     * Mails bear it from now on, also those that were written before.
     *
     * @return what is wrong with the file, in French; empty when it was taken
     */
    public Optional<String> replace(byte[] file) {
        LogoFile.Reading reading = LogoFile.read(file);
        reading.logo().ifPresent(this::keep);
        return reading.fault()
                .map(fault -> Wording.french().say("logo." + fault, LogoFile.HEAVIEST / 1024, LogoFile.LARGEST));
    }

    private void keep(MailLogo logo) {
        database.write(handle -> handle.createUpdate("""
                        insert into town_logo (town_id, type, content, width, height)
                        values (:town, :type, :content, :width, :height)
                        on conflict (town_id) do update
                            set type = excluded.type, content = excluded.content, width = excluded.width,
                                height = excluded.height""")
                .bind("town", town.id())
                .bind("type", logo.type())
                .bind("content", logo.content())
                .bind("width", logo.width())
                .bind("height", logo.height())
                .execute());
        changed(null, logo.type() + " " + logo.width() + "x" + logo.height());
    }

    public void remove() {
        boolean was = database.read(handle -> handle.createUpdate("delete from town_logo where town_id = :town")
                        .bind("town", town.id())
                        .execute())
                > 0;
        if (was) {
            changed("logo", null);
        }
    }

    private void changed(@Nullable String before, @Nullable String after) {
        changes.changed(context.getCallerPrincipal().getName(), "town_logo", town.id(), "content", before, after);
    }
}
