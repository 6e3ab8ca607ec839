package fr.portailfamille.notice.digest;

import fr.portailfamille.notice.digest.ToldFamilies.Told;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.function.Consumer;

/** Reads what a closed window tells, in a transaction beside the one that writes it. */
@Stateless
@RolesAllowed("SYSTEM")
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DigestReader {

    @Inject
    private ToldFamilies families;

    /** @param begin of the window, as a text because the first one has none */
    public void read(String begin, Instant windowEnd, Consumer<Told> taker) {
        families.read(begin, windowEnd, taker);
    }
}
