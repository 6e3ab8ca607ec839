package fr.portailfamille.booking;

import fr.portailfamille.container.TestCaller;
import fr.portailfamille.container.TestTowns;
import java.time.LocalDate;
import java.util.List;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/** A town with activities, families and accounts, built in readable lines and written by the owner of the tables. */
public final class TestTown {

    private static final String FROM = "2026-01-01";
    private static final String TO = "2036-12-31";

    private final int id;
    private final Jdbi owner;
    private final long facility;

    private TestTown(int id, Jdbi owner) {
        this.id = id;
        this.owner = owner;
        this.facility = nextId();
        write(
                "insert into facility (town_id, id, ref, name, kind) values (?, ?, 'E' || ?, 'École Lux', 'SCHOOL')",
                facility,
                facility);
    }

    /** An account and the family, or families, it is subscribed to. */
    public record Parent(int town, long account) {
        public TestCaller caller() {
            return TestCaller.family(town, account);
        }
    }

    /** The owner's data source: fixtures are written past the walls. */
    public static TestTown open(DataSource owner) throws Exception {
        return new TestTown(TestTowns.open(), Jdbi.create(owner));
    }

    /** A town that is there already, such as one that browser tests opened. */
    public static TestTown of(int town, Jdbi owner) {
        return new TestTown(town, owner);
    }

    public int id() {
        return id;
    }

    public long activity(String name, String decision) {
        long activity = nextId();
        write(
                "insert into activity (town_id, id, ref, name, kind, decision) values (?, ?, 'A' || ?, ?, 'CANTEEN', ?)",
                activity,
                activity,
                name,
                decision);
        return activity;
    }

    /** Open every weekday but public holidays, at noon; null capacity = no limit. */
    public long schedule(long activity, Integer capacity) {
        long schedule = nextId();
        write(
                "insert into schedule (town_id, id, ref, activity_id, facility_id, start_time, end_time, weekdays, capacity,"
                        + " valid_from, valid_to) values (?, ?, 'S' || ?, ?, ?, '12:00', '13:30', '12345', ?, '" + FROM
                        + "', '"
                        + TO + "')",
                schedule,
                schedule,
                activity,
                facility,
                capacity);
        return schedule;
    }

    public long pool(int capacity, long... schedules) {
        long pool = nextId();
        write(
                "insert into pool (town_id, id, ref, name, capacity) values (?, ?, 'P' || ?, 'Places', ?)",
                pool,
                pool,
                capacity);
        for (long schedule : schedules) {
            write("insert into pool_schedule (town_id, pool_id, schedule_id) values (?, ?, ?)", pool, schedule);
        }
        return pool;
    }

    public void incompatible(long one, long other) {
        write(
                "insert into incompatibility (town_id, activity_id, excluded_activity_id) values (?, ?, ?)",
                Math.min(one, other),
                Math.max(one, other));
    }

    /** The day before at that time. */
    public void bookTheDayBefore(long activity, String time) {
        long rule = nextId();
        write(
                "insert into booking_rule (town_id, id, ref, activity_id, action, kind, n, day_kind, at_time)"
                        + " values (?, ?, 'D' || ?, ?, 'BOOK', 'DAYS_BEFORE', 1, 'CALENDAR', ?::time)",
                rule,
                rule,
                activity,
                time);
    }

    public long family() {
        long family = nextId();
        write("insert into family (town_id, id, ref, name) values (?, ?, 'F' || ?, 'ADERNO')", family, family);
        return family;
    }

    public Parent parent(long... families) {
        long account = nextId();
        write(
                "insert into citizen_account (town_id, id, email, email_key, password_hash, civility, last_name, first_name,"
                        + " search_name, state, created_at) values (?, ?, 'a' || ? || '@famille.invalid', 'a' || ? || '@famille.invalid',"
                        + " 'x', 'MME', 'ADERNO', 'Maéva', 'aderno maeva', 'ACTIVE', '2026-01-01')",
                account,
                account,
                account);
        for (long family : families) {
            long business = nextId();
            write(
                    "insert into business_account (town_id, id, ref, family_id, universe, account_code, name, search_name)"
                            + " values (?, ?, 'B' || ?, ?, 'Enfance', 'C' || ?, 'ADERNO', 'aderno')",
                    business,
                    business,
                    family,
                    business);
            write(
                    "insert into subscription (town_id, id, account_id, business_account_id, proof, created_at)"
                            + " values (?, ?, ?, ?, 'AGENT', '2026-01-01')",
                    nextId(),
                    account,
                    business);
        }
        return new Parent(id, account);
    }

    public long child(long family) {
        return child(family, "FULL", "ALL");
    }

    public long child(long family, String access, String custody) {
        long child = nextId();
        write(
                "insert into individual (town_id, id, ref, last_name, first_name, search_name, birth_date)"
                        + " values (?, ?, 'I' || ?, 'ADERNO', 'Timéo', 'aderno timeo', '2018-05-04')",
                child,
                child);
        belongs(child, family, access, custody);
        return child;
    }

    public void belongs(long child, long family, String access, String custody) {
        write(
                "insert into membership (town_id, id, family_id, individual_id, role, access, custody)"
                        + " values (?, ?, ?, ?, 'CHILD', ?, ?)",
                nextId(),
                family,
                child,
                access,
                custody);
    }

    public void register(long child, long family, long... schedules) {
        for (long schedule : schedules) {
            long registration = nextId();
            write(
                    "insert into registration (town_id, id, ref, individual_id, family_id, schedule_id, start_day, end_day, status)"
                            + " values (?, ?, 'R' || ?, ?, ?, ?, '" + FROM + "', '" + TO + "', 'ACTIVE')",
                    registration,
                    registration,
                    child,
                    family,
                    schedule);
        }
    }

    public void taken(long counter, LocalDate day, int taken, Integer capacity) {
        write(
                "insert into place_counter (town_id, counter_id, day, taken, capacity) values (?, ?, ?, ?, ?)"
                        + " on conflict (town_id, counter_id, day) do update set taken = excluded.taken, capacity = excluded.capacity",
                counter,
                day,
                taken,
                capacity);
    }

    public int places(long counter, LocalDate day) {
        return number("select taken from place_counter where town_id = ? and counter_id = ? and day = ?", counter, day);
    }

    public int number(String query, Object... values) {
        return owner.withHandle(handle ->
                bind(handle.createQuery(query), values).mapTo(int.class).one());
    }

    public List<String> texts(String query, Object... values) {
        return owner.withHandle(handle ->
                bind(handle.createQuery(query), values).mapTo(String.class).list());
    }

    /** The town comes first by itself. */
    public void write(String statement, Object... values) {
        owner.useHandle(handle -> bind(handle.createUpdate(statement), values).execute());
    }

    /** A connection of the owner, for tests that hold locks. */
    public Handle handle() {
        return owner.open();
    }

    private <S extends SqlStatement<S>> S bind(S statement, Object... values) {
        statement.bind(0, id);
        for (int i = 0; i < values.length; i++) {
            statement.bind(i + 1, values[i]);
        }
        return statement;
    }

    private long nextId() {
        return owner.withHandle(handle -> handle.createQuery("select nextval('place_seq')")
                .mapTo(long.class)
                .one());
    }
}
