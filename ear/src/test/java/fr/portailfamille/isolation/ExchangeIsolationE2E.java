package fr.portailfamille.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import fr.portailfamille.browser.TestInstance;
import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.Project;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The key of one town opens no resource of another, no resource of the operator, and nothing opens without a key. */
@Tag("browser")
@Tag("X7")
class ExchangeIsolationE2E {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Instance instance;
    private static SweptTown here;
    private static SweptTown elsewhere;

    @BeforeAll
    static void opensTwoTowns() throws SQLException {
        instance = TestInstance.get();
        here = SweptTown.open(instance);
        elsewhere = SweptTown.open(instance);
    }

    /** As {@code GET v1/{town}/lots}, for every resource method of the archive. */
    private static Set<String> resources() {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : new ClassFileImporter().importPath(Project.root().resolve("batch/target/classes"))) {
            if (!type.isAnnotatedWith(Path.class)) {
                continue;
            }
            String root = type.getAnnotationOfType(Path.class).value();
            for (JavaMethod method : type.getMethods()) {
                method.getAnnotations().stream()
                        .flatMap(each -> each.getRawType().tryGetAnnotationOfType(HttpMethod.class).stream())
                        .forEach(verb -> found.add(verb.value() + " " + root
                                + method.tryGetAnnotationOfType(Path.class)
                                        .map(path -> "/" + path.value())
                                        .orElse("")));
            }
        }
        return found;
    }

    @Test
    void every_resource_has_a_case() {
        assertThat(RouteCases.resources().keySet()).isEqualTo(resources());
    }

    @Test
    void a_key_opens_its_own_town_only() throws Exception {
        String before = elsewhere.rows();
        for (String resource : RouteCases.resources().keySet()) {
            if (resource.contains("{town}")) {
                Map<String, String> theirs =
                        Map.of("town", elsewhere.code(), "lot", elsewhere.lot().toString());
                HttpResponse<String> there = call(resource, theirs, here.key());
                assertThat(there.statusCode()).as(resource).isEqualTo(403);
                closed(there);
                if (resource.contains("{lot}")) {
                    Map<String, String> smuggled =
                            Map.of("town", here.code(), "lot", elsewhere.lot().toString());
                    HttpResponse<String> own = call(resource, smuggled, here.key());
                    assertThat(own.statusCode()).as(resource).isEqualTo(404);
                    closed(own);
                }
            }
        }
        assertThat(elsewhere.rows()).isEqualTo(before);
    }

    /** Else the sweep would look for nothing. */
    @Test
    void the_town_s_own_key_is_shown_what_the_sweep_looks_for() throws Exception {
        Map<String, String> own =
                Map.of("town", elsewhere.code(), "lot", elsewhere.lot().toString());
        for (String resource : Set.of("GET v1/{town}/lots/{lot}", "GET v1/{town}/lots/{lot}/rejects.csv")) {
            assertThat(call(resource, own, elsewhere.key()).body()).as(resource).contains(elsewhere.mark());
        }
    }

    @Test
    void no_key_of_a_town_does_what_the_operator_may_whatever_the_body() throws Exception {
        String before = elsewhere.rows();
        for (String resource : RouteCases.resources().keySet()) {
            if (resource.contains("operator/")) {
                for (String body : new String[] {"", "{}", "[", "{\"name\": \"x\"}"}) {
                    HttpResponse<String> answer = call(resource, Map.of("code", elsewhere.code()), here.key(), body);
                    assertThat(answer.statusCode()).as(resource + " " + body).isEqualTo(403);
                    closed(answer);
                }
            }
        }
        assertThat(elsewhere.rows()).isEqualTo(before);
    }

    @Test
    void nothing_opens_without_a_key_or_with_the_session_of_a_page() throws Exception {
        Guest agent = new Guest(instance.baseUrl());
        agent.signIn(here.backoffice("connexion"), here.administrator(), SweptTown.PASSWORD);
        String cookie = "JSESSIONID=" + agent.sessionAt("/backoffice");
        Map<String, String> own = Map.of("town", here.code(), "lot", here.lot().toString(), "code", here.code());
        for (String resource : RouteCases.resources().keySet()) {
            assertThat(call(resource, own, null).statusCode()).as(resource).isEqualTo(401);
            assertThat(HTTP.send(
                                    request(resource, own, "{}")
                                            .header("Cookie", cookie)
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .as(resource)
                    .isEqualTo(401);
        }
    }

    private static void closed(HttpResponse<String> answer) {
        assertThat(answer.body()).as(answer.uri().toString()).doesNotContain(elsewhere.mark());
        assertThat(answer.headers().map()).as(answer.uri().toString()).doesNotContainKey("set-cookie");
    }

    private static HttpResponse<String> call(String resource, Map<String, String> path, String key)
            throws IOException, InterruptedException {
        return call(resource, path, key, "{}");
    }

    private static HttpResponse<String> call(String resource, Map<String, String> path, String key, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(resource, path, body);
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String resource, Map<String, String> path, String body) {
        String[] parts = resource.split(" ", 2);
        String filled = parts[1];
        for (Map.Entry<String, String> value : path.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue());
        }
        return HttpRequest.newBuilder(URI.create(instance.baseUrl() + "/exchange/" + filled))
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", "application/json")
                .method(
                        parts[0],
                        parts[0].equals("GET")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
    }
}
