package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;
import org.jdbi.v3.core.Handle;

/** Messages that came or changed are news of their requests: families see how many they have not read. */
final class MessageNews {

    private final Load load;
    private final FileFormat file;

    MessageNews(Load load, FileFormat file) {
        this.load = load;
        this.file = file;
    }

    void write(Handle handle) {
        load.update(
                handle,
                "update request r set unseen_events = r.unseen_events + n.news, version = r.version + 1 from"
                        + " (select m.request_id, count(*) as news from "
                        + load.stage().verdicts(file)
                        + " k join request_message m on m.town_id = :town and m.id = k.id"
                        + " where k.verdict in ('N', 'C') and m.archived_at is null group by m.request_id order by 1) n"
                        + " where r.town_id = :town and r.id = n.request_id");
    }
}
