package fr.portailfamille.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.launcher.Instance;
import fr.portailfamille.launcher.Project;
import fr.portailfamille.launcher.chaos.Episode;
import fr.portailfamille.launcher.chaos.InterruptedImports;
import fr.portailfamille.launcher.chaos.Interruption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Server or database end without warning while lots come in, over HTTP and by the drop folder, are tried or confirmed, while
 * requests go out, or while a city sends its first lots: all is finished without a hand, and the town's tables are those of a
 * town that was fed without interruption. Of the five kills two fall into other episodes than the import, drawn anew each
 * time. On an instance of its own, because it is killed. Many more of them: {@code ./portail chaos import}.
 */
@Tag("container")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class KilledImportIT {

    /** {@code -Dportail.seed=…} draws the same lots and kills again. */
    private static final long SEED = Long.getLong("portail.seed", System.nanoTime() % 1_000_000);

    private static final Path FOLDER = Project.root().resolve("ear/target/killed-import");
    private static final int KILLS = 5;
    private static final Set<Episode> EPISODES = EnumSet.allOf(Episode.class);
    private static final int FURTHER_LOTS = 4;

    private InterruptedImports imports;

    @BeforeAll
    void feedsOneTownInPeace() throws Exception {
        System.out.println("Kills of seed " + SEED);
        if (Files.exists(FOLDER)) {
            Instance.in(FOLDER).portsOfLastStart().build().discard();
        }
        imports = InterruptedImports.start(FOLDER, SEED, FURTHER_LOTS, EPISODES);
    }

    @AfterAll
    void stops() {
        if (imports != null) {
            imports.close();
        }
    }

    @Test
    void a_town_that_nothing_interrupts_comes_to_every_failpoint_and_to_no_other() {
        assertThat(imports.neverReached()).as("never reached").isEmpty();
        assertThat(imports.unknown()).as("not drawn").isEmpty();
    }

    List<Interruption> kills() {
        return imports.draw(KILLS, EPISODES);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kills")
    void finishes_by_itself(Interruption kill) throws Exception {
        assertThat(imports.differences(kill))
                .as("%s with -Dportail.seed=%d, logs in %s", kill, SEED, FOLDER)
                .isEmpty();
    }
}
