package fr.portailfamille.notice.post;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Does work beside the talk with the mail server. What cannot be done ends in a fault, so that nobody waits for ever. */
interface Aside {

    <T> CompletableFuture<T> ask(Supplier<T> work);
}
