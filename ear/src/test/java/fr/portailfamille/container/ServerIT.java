package fr.portailfamille.container;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.mail.Session;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the applications rely on in the provisioned server. */
@Tag("container")
@ExtendWith(ArquillianExtension.class)
class ServerIT {
    @Resource(lookup = "java:jboss/datasources/PortalDS")
    private DataSource portal;

    @Resource(lookup = "java:jboss/datasources/OwnerDS")
    private DataSource owner;

    @Resource
    private DataSource byDefault;

    @Resource(lookup = "java:jboss/mail/Portal")
    private Session mail;

    @Test
    void the_application_signs_in_as_a_role_that_row_level_security_binds() throws SQLException {
        assertThat(value(portal, "select current_user::text")).isEqualTo("portal_app");
        assertThat(value(portal, "select rolbypassrls or rolsuper from pg_roles where rolname = current_user"))
                .isEqualTo("f");
        assertThat(
                        value(
                                portal,
                                "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                                        + " where n.nspname = 'app' and c.relowner = (select oid from pg_roles where rolname = current_user)"))
                .isEqualTo("0");
    }

    @Test
    void the_owner_sees_every_town() throws SQLException {
        assertThat(value(owner, "select current_user::text")).isEqualTo("portal_owner");
        assertThat(value(owner, "select rolbypassrls from pg_roles where rolname = current_user"))
                .isEqualTo("t");
    }

    @Test
    void the_default_data_source_is_the_application_s() throws SQLException {
        assertThat(value(byDefault, "select current_user::text")).isEqualTo("portal_app");
    }

    @Test
    void commits_are_durable() throws SQLException {
        assertThat(value(portal, "show fsync")).isEqualTo("on");
        assertThat(value(portal, "show synchronous_commit")).isEqualTo("on");
    }

    @Test
    void the_job_repository_lies_in_the_application_s_database() throws SQLException {
        assertThat(BatchRuntime.getJobOperator().getJobNames()).isNotNull();
        assertThat(value(portal, "select to_regclass('engine.job_execution')::text"))
                .isEqualTo("job_execution");
        assertThat(value(portal, "select to_regclass('engine.jboss_ejb_timer')::text"))
                .isEqualTo("jboss_ejb_timer");
    }

    @Test
    void a_silent_mail_server_holds_nobody_for_ever() {
        assertThat(mail.getProperty("mail.smtp.connectiontimeout")).isEqualTo("5000");
        assertThat(mail.getProperty("mail.smtp.timeout")).isEqualTo("15000");
        assertThat(mail.getProperty("mail.smtp.writetimeout")).isEqualTo("15000");
    }

    private static String value(DataSource source, String query) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
