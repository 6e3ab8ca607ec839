package fr.portailfamille.notice;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.TownVaults;
import fr.portailfamille.notice.letter.MailModel;
import fr.portailfamille.notice.letter.MailTemplate;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends notices of the running transaction's town again, because an agent says so. */
@ApplicationScoped
class Repeats {

    /** Within it a notice is not sent again once more: whoever asks twice so soon has clicked twice, or did not wait. */
    private static final Duration AT_ONCE = Duration.ofSeconds(30);

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    @Inject
    private TownVaults vaults;

    @Inject
    private Outbox outbox;

    @Inject
    private Clock clock;

    private record Kept(
            MailTemplate template,
            byte[] model,
            @Nullable Long request,
            @Nullable Long account,
            long root,
            String to) {}

    /**
     * Sends a notice again, to the address that its account has by now, whatever its addressee wishes: an agent does so
     * because somebody asks for it.
     *
     * @return whom it goes to; empty where there is nothing to send again, or it is under way or was sent again just now
     */
    Optional<String> sendAgain(long notice) {
        lockRoot(notice);
        return kept(notice).map(kept -> {
            byte[] model = vaults.of(town.id()).decryptBytes(Notices.place(notice), kept.model());
            outbox.send(new Posting(
                    kept.template(),
                    kept.to(),
                    MailModel.read(new String(model, StandardCharsets.UTF_8)),
                    kept.request(),
                    kept.account(),
                    null,
                    kept.root()));
            return kept.to();
        });
    }

    /** Of two agents who send the same at the same time, the second sees what the first did. */
    private void lockRoot(long notice) {
        database.read(handle -> handle.createQuery("""
                        select root.id from notice root
                         where root.town_id = :town
                           and root.id = (select coalesce(n.repeats, n.id) from notice n
                                           where n.town_id = :town and n.id = :notice)
                           for update""")
                .bind("town", town.id())
                .bind("notice", notice)
                .mapTo(Long.class)
                .findOne());
    }

    private Optional<Kept> kept(long notice) {
        return database.read(handle -> handle.createQuery("""
                        select n.template, n.model_enc, n.request_id, n.account_id, coalesce(n.repeats, n.id) as root,
                               coalesce((select a.email from citizen_account a
                                          where a.town_id = :town and a.id = n.account_id), n.recipient) as recipient
                          from notice n
                         where n.town_id = :town and n.id = :notice and n.model_enc is not null and n.state <> 'QUEUED'
                           and not exists (select from notice again
                                            where again.town_id = :town
                                              and again.repeats = coalesce(n.repeats, n.id)
                                              and (again.state = 'QUEUED' or again.created_at > :atOnce))""")
                .bind("town", town.id())
                .bind("notice", notice)
                .bind("atOnce", clock.instant().minus(AT_ONCE))
                .map((row, context) -> kept(row))
                .findOne()
                .flatMap(found -> found));
    }

    /** Empty for a template that is not known here. */
    private static Optional<Kept> kept(ResultSet row) throws SQLException {
        Optional<MailTemplate> template = MailTemplate.named(row.getString("template"));
        return template.isEmpty()
                ? Optional.empty()
                : Optional.of(new Kept(
                        template.get(),
                        row.getBytes("model_enc"),
                        row.getObject("request_id", Long.class),
                        row.getObject("account_id", Long.class),
                        row.getLong("root"),
                        row.getString("recipient")));
    }
}
