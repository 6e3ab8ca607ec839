package fr.portailfamille.exchange;

import fr.portailfamille.common.Caller;
import fr.portailfamille.common.Page;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Optional;

/** « Clés d'échange », for agents: made, shown once, revoked at once. Who did is kept with the key. */
@Stateless
@RolesAllowed("MENU_CLES_D_ECHANGE")
public class ExchangeKeyDesk {

    public static final int LONGEST_NAME = 100;

    @Inject
    private StoredKeys keys;

    @Resource
    private SessionContext context;

    public Page<KeyRow> page(KeySort sort, boolean ascending, int offset, int limit) {
        return new Page<>(keys.page(sort, ascending, offset, limit), keys.count());
    }

    public Optional<KeyRow> find(long id) {
        return keys.find(id);
    }

    /** @param name 1 to {@value #LONGEST_NAME} characters */
    public NewKey make(String name) {
        String kept = name.strip();
        if (kept.isEmpty() || kept.length() > LONGEST_NAME) {
            throw new IllegalArgumentException("A name of 1 to " + LONGEST_NAME + " characters");
        }
        if (keys.isUsed(kept)) {
            return new NewKey.NameTaken();
        }
        StoredKeys.Drawn drawn = keys.draw(kept, agent());
        return new NewKey.Made(drawn.id(), kept, drawn.key());
    }

    /**
     * Revokes the key: the next request that bears it is refused.
     *
     * @return whether it was this call that did
     */
    public boolean revoke(long id) {
        return keys.revoke(id, agent());
    }

    private long agent() {
        return Caller.of(context.getCallerPrincipal())
                .filter(caller -> caller.kind() == Caller.Kind.AGENT)
                .orElseThrow(() -> new IllegalStateException("The caller is no agent"))
                .id();
    }
}
