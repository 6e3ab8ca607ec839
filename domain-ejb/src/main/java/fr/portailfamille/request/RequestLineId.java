package fr.portailfamille.request;

import java.io.Serializable;
import java.util.Objects;

/** Key of {@link RequestLine}. */
class RequestLineId implements Serializable {

    private static final long serialVersionUID = 1L;

    private int townId;
    private long requestId;
    private int line;

    protected RequestLineId() {}

    @Override
    public boolean equals(Object other) {
        return other instanceof RequestLineId that
                && townId == that.townId
                && requestId == that.requestId
                && line == that.line;
    }

    @Override
    public int hashCode() {
        return Objects.hash(townId, requestId, line);
    }
}
