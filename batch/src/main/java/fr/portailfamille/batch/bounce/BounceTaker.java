package fr.portailfamille.batch.bounce;

import fr.portailfamille.notice.bounce.Verdict;
import java.io.IOException;
import java.io.InputStream;

/** Takes one mail that came in. */
@FunctionalInterface
interface BounceTaker {

    /** @throws IOException of the stream */
    Verdict take(InputStream mail) throws IOException;
}
