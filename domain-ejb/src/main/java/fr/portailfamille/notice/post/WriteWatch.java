package fr.portailfamille.notice.post;

import jakarta.mail.Session;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Cuts off writing to a mail server that does not read, after {@code mail.smtp.writetimeout}. One thread for all lines,
 * and one that is never woken by a write: the library plans the cutting off of each, and were that the next thing to do,
 * the thread would wake to see so. Seven times for each mail that was a tenth of sending it.
 */
final class WriteWatch implements AutoCloseable {

    private final ScheduledThreadPoolExecutor cutting;

    WriteWatch(Session session) {
        cutting = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "portail-post-watch");
            thread.setDaemon(true);
            return thread;
        });
        cutting.setRemoveOnCancelPolicy(true);
        // What is always the next thing to do.
        cutting.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.SECONDS);
        session.getProperties().put("mail.smtp.executor.writetimeout", cutting);
    }

    @Override
    public void close() {
        cutting.shutdownNow();
    }
}
