package fr.portailfamille.exchange.load;

import org.jdbi.v3.core.Handle;

/**
 * Never more is allocated of a payment than was collected: the database looks at that after each statement. While a lot is
 * merged that is too early, since an allocation goes before the one that replaces it has come; so all payments that the
 * merge has touched are looked at once, at its end.
 */
final class MergedAllocations {

    private final Load load;

    MergedAllocations(Load load) {
        this.load = load;
    }

    /** From here to {@link #resume}, or to the end of the transaction, the database lets everything pass. */
    void suspend(Handle handle) {
        merging(handle, "on");
    }

    /** @param touched whether {@link PaymentDefaults} has laid down payments that the merge touched */
    void resume(Handle handle, boolean touched) {
        merging(handle, "off");
        if (touched) {
            handle.createQuery("select refuse_beyond_collected(:town, (select array_agg(id) from open_payment))::text")
                    .bind("town", load.town())
                    .mapTo(String.class)
                    .one();
        }
    }

    private static void merging(Handle handle, String state) {
        handle.createQuery("select set_config('portal.merging', :state, true)")
                .bind("state", state)
                .mapTo(String.class)
                .one();
    }
}
