package fr.portailfamille.launcher.chaos;

import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.lot.LotSeries.Lot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The business application of a city, which sends its first lots and some more at once and asks how they end. */
final class FedCity extends Fed {

    private final List<Lot> lots;

    /** @param revive starts again what was killed */
    FedCity(String code, List<Lot> lots, Supplier<Instance> portal, Runnable revive) {
        super(code, new BusinessApplication(() -> portal.get().api(), revive));
        this.lots = lots;
    }

    @Override
    Map<String, String> pass(Episode episode) {
        lots.forEach(lot -> application().send(code(), lot));
        Map<String, String> ends = new TreeMap<>();
        application().awaitEnd(code(), lots).forEach((lot, state) -> ends.put("lot " + lot, state));
        return ends;
    }
}
