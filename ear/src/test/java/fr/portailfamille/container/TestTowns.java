package fr.portailfamille.container;

import fr.portailfamille.town.TownCode;
import fr.portailfamille.town.TownOpening;
import jakarta.enterprise.inject.spi.CDI;
import java.util.UUID;

/** Towns for tests: each test opens its own, so that no two meet. Inside the container only. */
public final class TestTowns {
    private TestTowns() {}

    /** Opens a town that no other test knows, with default settings. */
    public static int open() throws Exception {
        TownCode code = new TownCode("essai-" + UUID.randomUUID());
        return TestCaller.named("operator", "OPERATOR")
                .call(() -> CDI.current().select(TownOpening.class).get().open(code, "Ville d'essai"));
    }
}
