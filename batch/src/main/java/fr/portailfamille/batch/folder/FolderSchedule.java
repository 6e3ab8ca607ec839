package fr.portailfamille.batch.folder;

import fr.portailfamille.batch.RepeatedWork;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/** Looks into the drop folder every other second, where there is one. */
@WebListener
public class FolderSchedule extends RepeatedWork {

    private static final Logger LOG = System.getLogger(FolderSchedule.class.getName());

    @Inject
    private DropFolder folder;

    @Override
    protected void begin() {
        folder.root().ifPresent(root -> {
            LOG.log(Level.INFO, "Drop folder: {0}", root);
            every(2, TimeUnit.SECONDS, "The drop folder could not be looked into", () -> folder.look(root));
            after(
                    15,
                    360,
                    TimeUnit.MINUTES,
                    "Old files of the drop folder could not be erased",
                    () -> folder.eraseOld(root));
        });
    }
}
