package fr.portailfamille.account;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The key of a citizen account, as the persistence provider wants it. */
public class CitizenAccountId implements Serializable {

    private static final long serialVersionUID = 1L;

    private int townId;
    private long id;

    protected CitizenAccountId() {}

    CitizenAccountId(int townId, long id) {
        this.townId = townId;
        this.id = id;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CitizenAccountId key && key.townId == townId && key.id == id;
    }

    @Override
    public int hashCode() {
        return Objects.hash(townId, id);
    }
}
