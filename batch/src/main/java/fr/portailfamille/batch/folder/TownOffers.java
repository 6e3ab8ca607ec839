package fr.portailfamille.batch.folder;

import fr.portailfamille.exchange.outgoing.CursorRefusedException;
import fr.portailfamille.exchange.outgoing.FolderOffers;
import fr.portailfamille.exchange.outgoing.OutgoingLot;
import fr.portailfamille.exchange.outgoing.RequestLots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/** The offers of the town whose scope the thread is in. */
record TownOffers(FolderOffers offers, RequestLots lots) implements OutFolder.Offers {

    private record Laid(OutgoingLot lot, boolean written, boolean acknowledged, RequestLots lots)
            implements OutFolder.Offer {

        /** In the order in which they were cut, also where names are sorted as text. */
        @Override
        public String name() {
            return "requests-%08d.zip".formatted(lot.sequence());
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            lots.write(lot, out);
        }
    }

    @Override
    public Optional<? extends OutFolder.Offer> current() {
        return offers.current().map(this::laid);
    }

    @Override
    public Optional<? extends OutFolder.Offer> next() {
        return offers.next().map(this::laid);
    }

    private Laid laid(FolderOffers.Offer offer) {
        return new Laid(offer.lot(), offer.written(), offer.acknowledged(), lots);
    }

    @Override
    public void written() {
        offers.written();
    }

    /** Somebody may have acknowledged a later one over HTTP in this very moment: that is as good. */
    @Override
    public void taken() {
        offers.current().ifPresent(offer -> {
            try {
                lots.acknowledge(offer.lot().next().text());
            } catch (CursorRefusedException e) {
                if (e.code() != CursorRefusedException.Code.OLDER_CURSOR) {
                    throw e;
                }
            }
        });
    }

    @Override
    public void done() {
        offers.done();
    }
}
