package fr.portailfamille.notice.post;

/** What became of handing a letter to a mail server. */
sealed interface Delivery {

    /** The server has taken it. */
    record Delivered() implements Delivery {}

    /** Not now (4xx), or the line broke before an answer: try again, later and later. */
    record Postponed(String reason) implements Delivery {}

    /**
     * Never (5xx).
     *
     * @param recipient whether it was the recipient that was refused, not the sender or the mail
     */
    record Refused(String reason, boolean recipient) implements Delivery {

        /** Whether the address itself is at fault: no mail will ever reach it. */
        boolean byAddress() {
            return recipient && AddressFault.tells(reason);
        }
    }

    /** The server itself cannot be used at present; says nothing about the letter. */
    record Unreachable(String reason) implements Delivery {}
}
