package fr.portailfamille.exchange;

/** First keys of PostgreSQL's advisory locks that this feature takes; the second is the town. */
public final class QueueLock {

    static final int RECEPTION = 0x50464C31;
    /** Whoever has it applies the town's lots. */
    public static final int RUNNING = 0x50464C32;

    static final int FOLDER = 0x50464C33;

    private QueueLock() {}
}
