package fr.portailfamille.request;

import java.io.Serializable;
import java.util.Objects;

/** Key of {@link Request}. A class, not a record: the persistence provider fills it field by field. */
class RequestId implements Serializable {

    private static final long serialVersionUID = 1L;

    private int townId;
    private long id;

    protected RequestId() {}

    RequestId(int townId, long id) {
        this.townId = townId;
        this.id = id;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RequestId that && townId == that.townId && id == that.id;
    }

    @Override
    public int hashCode() {
        return Objects.hash(townId, id);
    }
}
