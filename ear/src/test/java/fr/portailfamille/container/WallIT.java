package fr.portailfamille.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.common.TownGate;
import fr.portailfamille.common.WrongTownException;
import jakarta.annotation.Resource;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.ejb.Timeout;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.interceptor.ExcludeDefaultInterceptors;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The walls between towns hold: in the database, and at every boundary. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
class WallIT {
    /** Global by decision, without personal data. */
    private static final List<String> WITHOUT_WALL =
            List.of("town", "exchange_key", "work_due", "flyway_schema_history");

    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource portal;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Inject
    private UserTransaction transaction;

    @Inject
    private TownGate gate;

    @Inject
    private BeanManager beans;

    @Test
    void every_table_stands_behind_the_wall() throws SQLException {
        assertThat(column(
                        owner,
                        "select c.relname from pg_class c where c.relnamespace = 'app'::regnamespace"
                                + " and c.relkind in ('r', 'p') and not c.relispartition and not ("
                                + "   c.relrowsecurity and c.relforcerowsecurity"
                                // One lets its own town in; others may only narrow that.
                                + "   and (select count(*) filter (where p.polpermissive) = 1"
                                + "        and bool_and(not p.polpermissive or p.polcmd = '*'"
                                + "        and pg_get_expr(p.polqual, p.polrelid) like '%portal.town%'"
                                + "        and pg_get_expr(p.polwithcheck, p.polrelid) like '%portal.town%')"
                                + "        from pg_policy p where p.polrelid = c.oid))"))
                .containsExactlyInAnyOrderElementsOf(WITHOUT_WALL);
    }

    @Test
    void partitions_and_views_offer_no_way_around_it() throws SQLException {
        assertThat(
                        column(
                                owner,
                                "select c.relname from pg_class c where c.relnamespace = 'app'::regnamespace and (c.relispartition"
                                        + " and c.relkind in ('r', 'p') and has_table_privilege('portal_app', c.oid, 'select, insert, update, delete')"
                                        + " or c.relkind = 'v' and not coalesce(c.reloptions::text like '%security_invoker=true%', false))"))
                .isEmpty();
    }

    @Test
    void the_town_stands_first_in_every_key() throws SQLException {
        assertThat(
                        column(
                                owner,
                                "select t.relname from pg_constraint k join pg_class t on t.oid = k.conrelid"
                                        + " join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]"
                                        + " where k.connamespace = 'app'::regnamespace and k.contype in ('p', 'f') and a.attname <> 'town_id'"))
                .isSubsetOf("town", "exchange_key", "work_due", "flyway_schema_history");
    }

    @Test
    void without_a_town_a_statement_fails_instead_of_finding_nothing() throws Exception {
        int town = TestTowns.open();
        try (Connection connection = portal.getConnection()) {
            assertThatThrownBy(() -> count(connection, "select count(*) from family"))
                    .isInstanceOf(SQLException.class);
        }
        // The same connections, once they have served a town, come back without it.
        addClosure(town, "F1");
        for (int i = 0; i < 5; i++) {
            try (Connection connection = portal.getConnection()) {
                assertThatThrownBy(() -> count(connection, "select count(*) from closure"))
                        .isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void a_query_that_forgets_the_town_still_sees_one_town_only() throws Exception {
        int here = TestTowns.open();
        int there = TestTowns.open();
        addClosure(here, "C1");
        addClosure(there, "C1");
        addClosure(there, "C2");
        assertThat(rows(here, "select count(*) from closure")).isEqualTo(1);
        assertThat(rows(there, "select count(*) from closure")).isEqualTo(2);
        assertThat(rows(here, "with gone as (delete from closure returning 1) select count(*) from gone"))
                .isEqualTo(1);
        assertThat(rows(there, "select count(*) from closure")).isEqualTo(2);
    }

    @Test
    void nothing_can_be_written_into_another_town() throws Exception {
        int here = TestTowns.open();
        int there = TestTowns.open();
        assertThatThrownBy(() -> inTown(here, connection -> {
                    insertClosure(connection, there, "C1");
                    return 0;
                }))
                .hasMessageContaining("row-level security");
    }

    @Test
    void the_gate_refuses_a_caller_of_another_town() throws Exception {
        int here = TestTowns.open();
        int there = TestTowns.open();
        assertThat(TestCaller.family(here, 1).call(() -> gate.<Integer>inTown(here, () -> here)))
                .isEqualTo(here);
        assertThatThrownBy(() -> TestCaller.family(here, 1).call(() -> gate.<Integer>inTown(there, () -> there)))
                .isInstanceOf(WrongTownException.class);
        assertThatThrownBy(() -> gate.doInTown(here, () -> gate.doInTown(there, () -> {})))
                .isInstanceOf(WrongTownException.class);
    }

    @Test
    void every_boundary_refuses_a_caller_without_a_town() throws Exception {
        // Whoever has all roles and no town gets past every role check and must then fail at the wall.
        TestCaller nowhere =
                TestCaller.named("nowhere", "CITIZEN", "AGENT", "EXCHANGE", "SYSTEM", "OPERATOR", "MENU_DEMANDES");
        List<String> open = new ArrayList<>();
        int called = 0;
        for (Class<?> boundary : boundaries(false)) {
            for (Method method : businessMethods(boundary)) {
                called++;
                Throwable refusal = nowhere.call(() -> outcome(boundary, method));
                if (!refused(refusal, WrongTownException.class) && !refused(refusal, EJBAccessException.class)) {
                    open.add(boundary.getSimpleName() + "." + method.getName() + ": " + refusal);
                }
            }
        }
        assertThat(open).isEmpty();
        assertThat(called).as("methods tried").isGreaterThan(30);
    }

    @Test
    void every_boundary_that_is_not_for_everybody_refuses_a_visitor() throws Exception {
        List<String> open = new ArrayList<>();
        int called = 0;
        for (Class<?> boundary : boundaries(true)) {
            for (Method method : businessMethods(boundary)) {
                if (boundary.isAnnotationPresent(PermitAll.class) || method.isAnnotationPresent(PermitAll.class)) {
                    continue;
                }
                called++;
                Throwable refusal = outcome(boundary, method);
                if (!refused(refusal, EJBAccessException.class)) {
                    open.add(boundary.getSimpleName() + "." + method.getName() + ": " + refusal);
                }
            }
        }
        assertThat(open).isEmpty();
        assertThat(called).as("methods tried").isGreaterThan(30);
    }

    @Test
    void a_family_opens_no_boundary_of_agents_and_an_agent_none_of_families() throws Exception {
        int town = TestTowns.open();
        assertThat(opened(TestCaller.family(town, 1), "AGENT", "EXCHANGE", "SYSTEM", "OPERATOR"))
                .isEmpty();
        assertThat(opened(TestCaller.agent(town, 1), "CITIZEN", "EXCHANGE", "SYSTEM", "OPERATOR"))
                .isEmpty();
        assertThat(opened(TestCaller.exchange(town, 1), "CITIZEN", "AGENT", "SYSTEM", "OPERATOR"))
                .isEmpty();
    }

    /** Boundaries reserved to these roles (and to no other) that let the caller in all the same. */
    private List<String> opened(TestCaller caller, String... reservedTo) throws Exception {
        List<String> open = new ArrayList<>();
        for (Class<?> boundary : boundaries(true)) {
            RolesAllowed roles = boundary.getAnnotation(RolesAllowed.class);
            if (roles == null || !Arrays.asList(reservedTo).containsAll(Arrays.asList(roles.value()))) {
                continue;
            }
            for (Method method : businessMethods(boundary)) {
                boolean own =
                        method.isAnnotationPresent(PermitAll.class) || method.isAnnotationPresent(RolesAllowed.class);
                Throwable refusal = own ? new EJBAccessException() : caller.call(() -> outcome(boundary, method));
                if (!refused(refusal, EJBAccessException.class)) {
                    open.add(boundary.getSimpleName() + "." + method.getName() + ": " + refusal);
                }
            }
        }
        return open;
    }

    private List<Class<?>> boundaries(boolean outsideTheWallsToo) {
        List<Class<?>> found = new ArrayList<>();
        for (Bean<?> bean : beans.getBeans(Object.class, Any.Literal.INSTANCE)) {
            Class<?> type = bean.getBeanClass();
            boolean ejb = type.isAnnotationPresent(Stateless.class) || type.isAnnotationPresent(Singleton.class);
            if (ejb
                    && type.getPackageName().startsWith("fr.portailfamille")
                    && !Modifier.isAbstract(type.getModifiers())
                    && (outsideTheWallsToo || !type.isAnnotationPresent(ExcludeDefaultInterceptors.class))) {
                found.add(type);
            }
        }
        return found;
    }

    private static List<Method> businessMethods(Class<?> boundary) {
        return Arrays.stream(boundary.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers())
                        && !Modifier.isStatic(method.getModifiers())
                        && !method.isSynthetic()
                        && !method.isAnnotationPresent(ExcludeDefaultInterceptors.class)
                        && !method.isAnnotationPresent(Schedule.class)
                        && !method.isAnnotationPresent(Timeout.class))
                .toList();
    }

    private static Throwable outcome(Class<?> boundary, Method method) {
        Object bean = CDI.current().select(boundary, Any.Literal.INSTANCE).get();
        Object[] nothing =
                Arrays.stream(method.getParameterTypes()).map(WallIT::nothing).toArray();
        try {
            method.invoke(bean, nothing);
            return null;
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object nothing(Class<?> type) {
        if (!type.isPrimitive()) {
            return null;
        }
        return type == boolean.class ? (Object) false : type == long.class ? (Object) 0L : (Object) 0;
    }

    private static boolean refused(Throwable refusal, Class<? extends Throwable> how) {
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            if (how.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private int rows(int town, String query) throws Exception {
        return inTown(town, connection -> count(connection, query));
    }

    private interface Work<R> {
        R on(Connection connection) throws SQLException;
    }

    /** What the interceptor does, done by hand: this class is no EJB. */
    private <R> R inTown(int town, Work<R> work) throws Exception {
        transaction.begin();
        try (Connection connection = portal.getConnection()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select set_config('portal.town', '" + town + "', true)");
            }
            R result = work.on(connection);
            transaction.commit();
            return result;
        } catch (SQLException | RuntimeException e) {
            transaction.rollback();
            throw e;
        }
    }

    private void addClosure(int town, String ref) throws Exception {
        inTown(town, connection -> {
            insertClosure(connection, town, ref);
            return 0;
        });
    }

    private static void insertClosure(Connection connection, int town, String ref) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("insert into closure (town_id, id, ref, start_day, end_day, reason) values (" + town
                    + ", nextval('closure_seq'), '" + ref + "', '2026-12-24', '2026-12-24', 'Veille de Noël')");
        }
    }

    private static int count(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getInt(1);
        }
    }

    private static TreeSet<String> column(DataSource source, String query) throws SQLException {
        TreeSet<String> values = new TreeSet<>();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values;
    }
}
