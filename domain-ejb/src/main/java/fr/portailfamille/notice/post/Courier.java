package fr.portailfamille.notice.post;

/** Hands letters to a mail server, over one connection for as long as it lasts. Never throws for what servers do. */
interface Courier extends AutoCloseable {

    Delivery deliver(Letter letter);

    @Override
    void close();
}
