package fr.portailfamille.notice;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What the running transaction's town has set for its notices. */
@ApplicationScoped
public class NoticeSettings {

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    public LegalMentions legal() {
        return database.read(handle -> handle.createQuery(
                        "select service, service_email, reply_months, silence, recourse from notice_settings"
                                + " where town_id = :town")
                .bind("town", town.id())
                .map((row, context) -> legal(row))
                .findOne()
                .orElse(LegalMentions.USUAL));
    }

    private static LegalMentions legal(ResultSet row) throws SQLException {
        return new LegalMentions(
                row.getString("service"),
                row.getString("service_email"),
                row.getInt("reply_months"),
                LegalMentions.Silence.valueOf(row.getString("silence")),
                row.getString("recourse"));
    }

    void setLegal(LegalMentions legal) {
        database.write(handle -> handle.createUpdate("""
                        insert into notice_settings (town_id, service, service_email, reply_months, silence, recourse)
                        values (:town, :service, :email, :months, :silence, :recourse)
                        on conflict (town_id) do update
                            set service = excluded.service, service_email = excluded.service_email,
                                reply_months = excluded.reply_months, silence = excluded.silence,
                                recourse = excluded.recourse, version = notice_settings.version + 1""")
                .bind("town", town.id())
                .bind("service", legal.service())
                .bind("email", legal.serviceEmail())
                .bind("months", legal.replyMonths())
                .bind("silence", legal.silence().name())
                .bind("recourse", legal.recourse())
                .execute());
    }
}
