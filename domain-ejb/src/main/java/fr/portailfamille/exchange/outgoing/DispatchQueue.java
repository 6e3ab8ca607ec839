package fr.portailfamille.exchange.outgoing;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The town's dispatches in line, and the lots cut from the line. Each call of {@link #lock} holds the line until commit. */
@ApplicationScoped
class DispatchQueue {

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private Clock clock;

    /** Where the town stands. */
    record State(long lastPosition, long acknowledged) {}

    State lock() {
        return database.read(handle -> {
            handle.createUpdate("insert into dispatch_state (town_id) values (:town) on conflict do nothing")
                    .bind("town", town.id())
                    .execute();
            return handle.createQuery(
                            "select last_position, acknowledged from dispatch_state where town_id = :town for update")
                    .bind("town", town.id())
                    .map((row, context) -> new State(row.getLong("last_position"), row.getLong("acknowledged")))
                    .one();
        });
    }

    /**
     * Puts in line what has committed and waits. Ids are drawn while a transaction writes: whoever saw another's dispatch
     * committed has a greater one, so what depends on another stands behind it.
     *
     * @return the last position of the line
     */
    long line(State state) {
        return database.read(handle -> {
            int added = handle.createUpdate("""
                            update dispatch d set position = w.position
                              from (select id, :last + row_number() over (order by id) as position from dispatch
                                     where town_id = :town and position is null) w
                             where d.town_id = :town and d.id = w.id""")
                    .bind("town", town.id())
                    .bind("last", state.lastPosition())
                    .execute();
            long last = state.lastPosition() + added;
            if (added > 0) {
                handle.createUpdate("update dispatch_state set last_position = :last where town_id = :town")
                        .bind("town", town.id())
                        .bind("last", last)
                        .execute();
            }
            return last;
        });
    }

    Optional<OutgoingLot> find(String code, long after, int most) {
        return database.read(handle -> handle.createQuery("""
                        select lot_id, sequence, after_position, up_to, requests, produced_at from outgoing_lot
                         where town_id = :town and after_position = :after and most = :most""")
                .bind("town", town.id())
                .bind("after", after)
                .bind("most", most)
                .map((row, context) -> lot(code, row))
                .findOne());
    }

    private static OutgoingLot lot(String code, ResultSet row) throws SQLException {
        return new OutgoingLot(
                code,
                row.getObject("lot_id", UUID.class),
                row.getLong("sequence"),
                row.getLong("after_position"),
                row.getLong("up_to"),
                row.getInt("requests"),
                row.getObject("produced_at", OffsetDateTime.class).toInstant());
    }

    /**
     * The lot that a run tells of. Whoever acknowledges a lot has taken all before it, so the first acknowledgement that
     * reaches as far counts.
     */
    Optional<SentLot> sentBy(long run, String code) {
        return database.read(handle -> handle.createQuery("""
                        select o.lot_id, o.sequence, o.after_position, o.up_to, o.requests, o.produced_at,
                               (select min(l.acknowledged_at) from outgoing_lot l
                                 where l.town_id = :town and l.up_to >= o.up_to) as acknowledged_at
                          from processing_run r
                          join outgoing_lot o on o.town_id = :town and o.sequence = r.outgoing_sequence
                         where r.town_id = :town and r.id = :run""")
                .bind("town", town.id())
                .bind("run", run)
                .map((row, context) -> {
                    OffsetDateTime acknowledged = row.getObject("acknowledged_at", OffsetDateTime.class);
                    return new SentLot(lot(code, row), acknowledged == null ? null : acknowledged.toInstant());
                })
                .findOne());
    }

    /** The lot that the drop folder offers. */
    OutgoingLot offered(String code) {
        return database.read(handle -> handle.createQuery("""
                        select l.lot_id, l.sequence, l.after_position, l.up_to, l.requests, l.produced_at
                          from dispatch_state s
                          join outgoing_lot l on l.town_id = :town and l.sequence = s.offered_sequence
                         where s.town_id = :town""")
                .bind("town", town.id())
                .map((row, context) -> lot(code, row))
                .one());
    }

    /** Cuts a lot of what stands behind the position, before a reference would come for the second time. */
    OutgoingLot cut(String code, long after, int most, Instant now) {
        return database.read(handle -> {
            long upTo = handle.createQuery("""
                            select coalesce(min(position) filter (where again) - 1, max(position))
                              from (select position, row_number() over (partition by ref order by position) > 1 as again
                                      from (select ref, position from dispatch
                                             where town_id = :town and position > :after
                                             order by position limit :most) taken) told""")
                    .bind("town", town.id())
                    .bind("after", after)
                    .bind("most", most)
                    .mapTo(long.class)
                    .one();
            long sequence = handle.createQuery("update dispatch_state set last_sequence = last_sequence + 1"
                            + " where town_id = :town returning last_sequence")
                    .bind("town", town.id())
                    .mapTo(long.class)
                    .one();
            OutgoingLot lot =
                    new OutgoingLot(code, UUID.randomUUID(), sequence, after, upTo, Math.toIntExact(upTo - after), now);
            insert(handle, lot, most);
            return lot;
        });
    }

    private void insert(Handle handle, OutgoingLot lot, int most) {
        handle.createUpdate("""
                        insert into outgoing_lot (town_id, sequence, lot_id, after_position, most, up_to, requests, produced_at)
                        values (:town, :sequence, :lot, :after, :most, :upTo, :requests, :produced)""")
                .bind("town", town.id())
                .bind("sequence", lot.sequence())
                .bind("lot", lot.lotId())
                .bind("after", lot.after())
                .bind("most", most)
                .bind("upTo", lot.upTo())
                .bind("requests", lot.requests())
                .bind("produced", lot.producedAt())
                .execute();
    }

    boolean handedOut(Cursor cursor) {
        return database.read(handle -> KnownRequests.handedOut(handle, town.id(), cursor));
    }

    /** The cursor that stands for the last position acknowledged. */
    Cursor cursorAt(long position) {
        return database.read(handle -> handle.createQuery(
                                "select lot_id from outgoing_lot where town_id = :town and up_to = :position"
                                        + " order by acknowledged_at nulls last, sequence limit 1")
                        .bind("town", town.id())
                        .bind("position", position)
                        .mapTo(UUID.class)
                        .findOne())
                .map(lot -> Cursor.after(position, lot))
                .orElse(Cursor.START);
    }

    void acknowledgeUpTo(long position) {
        database.write(handle -> handle.createUpdate(
                        "update dispatch_state set acknowledged = :position where town_id = :town")
                .bind("town", town.id())
                .bind("position", position)
                .execute());
    }

    void acknowledged(Cursor cursor) {
        database.write(handle -> handle.createUpdate("""
                        update outgoing_lot set acknowledged_at = :now
                         where town_id = :town and up_to = :position and acknowledged_at is null""")
                .bind("town", town.id())
                .bind("position", cursor.position())
                .bind("now", clock.instant())
                .execute());
    }
}
