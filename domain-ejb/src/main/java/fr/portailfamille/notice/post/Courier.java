package fr.portailfamille.notice.post;

/** Hands letters to a mail server, over one connection for as long as it lasts. Never throws for what servers do. */
interface Courier extends AutoCloseable {

    /**
     * Delivers.
     *
     * @param beforeTheEnd runs when everything but the end of the mail has been said: from there on the server may take
     *     it, and whoever must know of the mail before should know by then
     */
    Delivery deliver(LetterMessage letter, Runnable beforeTheEnd);

    @Override
    void close();
}
