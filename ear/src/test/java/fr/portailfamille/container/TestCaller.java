package fr.portailfamille.container;

import java.util.Set;
import java.util.concurrent.Callable;
import org.wildfly.security.auth.server.SecurityDomain;
import org.wildfly.security.auth.server.SecurityIdentity;
import org.wildfly.security.authz.RoleMapper;
import org.wildfly.security.authz.Roles;

/** Calls the domain as somebody who is signed in, the way a page or the exchange does. Inside the container only. */
public final class TestCaller {
    private final String principal;
    private final Set<String> roles;

    private TestCaller(String principal, Set<String> roles) {
        this.principal = principal;
        this.roles = roles;
    }

    public static TestCaller family(int town, long account) {
        return new TestCaller("f:%d:%d".formatted(town, account), Set.of("CITIZEN"));
    }

    /** An agent; the roles besides AGENT are those of the menus. */
    public static TestCaller agent(int town, long agent, String... menus) {
        Set<String> roles = new java.util.HashSet<>(Set.of(menus));
        roles.add("AGENT");
        return new TestCaller("a:%d:%d".formatted(town, agent), roles);
    }

    public static TestCaller exchange(int town, long key) {
        return new TestCaller("x:%d:%d".formatted(town, key), Set.of("EXCHANGE"));
    }

    /** Anybody else, such as one who has every role and no town. */
    public static TestCaller named(String principal, String... roles) {
        return new TestCaller(principal, Set.of(roles));
    }

    public <R> R call(Callable<R> work) throws Exception {
        SecurityIdentity identity = SecurityDomain.getCurrent()
                .createAdHocIdentity(principal)
                .withDefaultRoleMapper(RoleMapper.constant(Roles.fromSet(roles)));
        return identity.runAs(work);
    }

    /** What a piece of work does that answers nothing. */
    public interface Act {
        void run() throws Exception;
    }

    public void run(Act work) throws Exception {
        call(() -> {
            work.run();
            return null;
        });
    }
}
