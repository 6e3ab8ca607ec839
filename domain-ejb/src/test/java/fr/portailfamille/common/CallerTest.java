package fr.portailfamille.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {

    private static Principal named(String name) {
        return () -> name;
    }

    @Test
    void a_principal_tells_its_caller_and_back() {
        Caller caller = Caller.agent(7, 1234);
        assertThat(caller.principalName()).isEqualTo("a:7:1234");
        assertThat(Caller.of(named("a:7:1234"))).contains(caller);
        assertThat(Caller.of(named("f:7:1234"))).contains(Caller.citizen(7, 1234));
        assertThat(Caller.of(named("x:7:1234"))).contains(Caller.exchange(7, 1234));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"anonymous", "operator", "f:7", "f:7:", "z:7:1", "f:7:1:2", " f:7:1", "f:-7:1", "f:99999999999:1"
            })
    void anything_else_is_nobody(String name) {
        assertThat(Caller.of(named(name))).isEmpty();
    }

    @Test
    void no_principal_is_nobody() {
        assertThat(Caller.of(null)).isEmpty();
    }
}
