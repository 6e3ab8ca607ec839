package fr.portailfamille.exchange.check;

import fr.portailfamille.exchange.check.Finding.Weight;
import fr.portailfamille.exchange.check.KeySpool.Entry;
import fr.portailfamille.exchange.format.CheckText;
import fr.portailfamille.exchange.format.FaultCode;
import java.io.IOException;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What a lot allocates of the payments that it brings, taken for all that there is: what was allocated of them earlier only
 * the portal knows.
 */
final class AllocatedSums {

    private static final String AMOUNT = "amount";

    private final Findings findings;

    AllocatedSums(Findings findings) {
        this.findings = findings;
    }

    /** The tag of an allocation: its cents, and whether it is taken back. */
    static long tag(long cents, boolean archived) {
        return cents << 1 | (archived ? 1 : 0);
    }

    /** Of a payment that would have more allocated than was collected, no allocation is taken. */
    void check(ScannedFile allocations, ScannedFile payments) throws IOException {
        // One reader looks ahead to the end of a payment, the other follows, as for keys that stand twice.
        try (KeySpool.Sorted ahead = allocations.amounts().sorted();
                KeySpool.Sorted behind = allocations.amounts().sorted();
                KeySpool.Sorted paid = payments.amounts().sorted()) {
            Entry next = next(ahead);
            Entry payment = next(paid);
            while (next != null) {
                Entry first = next;
                long times = 0;
                BigInteger sum = BigInteger.ZERO;
                while (next != null && next.sameKey(first)) {
                    times++;
                    boolean counts = allocations.stands(next.place()) && (next.tag() & 1) == 0;
                    sum = counts ? sum.add(BigInteger.valueOf(next.tag() >> 1)) : sum;
                    next = next(ahead);
                }
                while (payment != null
                        && (payment.compareKey(first) < 0
                                || payment.sameKey(first) && !payments.stands(payment.place()))) {
                    payment = next(paid);
                }
                boolean beyond = payment != null && payment.sameKey(first) && isBeyond(sum, payment.tag());
                for (long i = 0; i < times; i++) {
                    Entry each = behind.next();
                    if (beyond && allocations.stands(each.place())) {
                        reject(allocations, each.place());
                    }
                }
            }
        }
    }

    /** Of negative amounts more is further from zero. */
    private static boolean isBeyond(BigInteger sum, long collected) {
        int order = sum.compareTo(BigInteger.valueOf(collected));
        return collected >= 0 ? order > 0 : order < 0;
    }

    private void reject(ScannedFile allocations, long place) {
        allocations.reject(place);
        findings.tell(
                Weight.REJECT,
                allocations.format().name(),
                Place.line(place),
                AMOUNT,
                FaultCode.BAD_VALUE.name(),
                null,
                CheckText.of("allocation.beyond-payment"));
    }

    private static @Nullable Entry next(KeySpool.Sorted entries) {
        return entries.hasNext() ? entries.next() : null;
    }
}
