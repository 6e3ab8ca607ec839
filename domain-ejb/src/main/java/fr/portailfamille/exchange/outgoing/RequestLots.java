package fr.portailfamille.exchange.outgoing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Requests on their way to the business application, for the threads that serve it. Nothing here holds a transaction
 * while the other side reads: what it reads does not change any more.
 */
@ApplicationScoped
public class RequestLots {

    @Inject
    private RequestExport export;

    /** See {@link RequestExport#next}. */
    public RequestExport.Next next(@Nullable String after, int limit) {
        RequestExport.Next next = export.next(after, limit);
        OutgoingPlaces.reached(OutgoingPlaces.AFTER_CUT);
        return next;
    }

    /** Writes the lot as a ZIP; the same bytes each time. */
    public void write(OutgoingLot lot, OutputStream out) throws IOException {
        new LotWriter(export, lot).write(out);
    }

    /**
     * Everything up to the cursor was taken. The same cursor again changes nothing; what a crash interrupts goes on when
     * it is sent again.
     *
     * @return how many requests were acknowledged for the first time
     * @throws CursorRefusedException for a cursor that was never handed out, or older than the one acknowledged last
     */
    public int acknowledge(String cursor) {
        int requests = 0;
        RequestExport.Acknowledged some;
        do {
            some = export.acknowledgeSome(cursor);
            requests += some.requests();
        } while (!some.complete());
        OutgoingPlaces.reached(OutgoingPlaces.AFTER_ACKNOWLEDGEMENT);
        return requests;
    }
}
