package fr.portailfamille.notice.sms;

/** What became of handing a short message to the gateway. */
sealed interface Handover {

    /** The gateway has taken it. */
    record Taken() implements Handover {}

    /** Not now: try again, later and later. */
    record Postponed(String reason) implements Handover {}

    /** Never: it will not send this message to this number. */
    record Refused(String reason) implements Handover {}

    /** The gateway itself cannot be used at present; says nothing about the message. */
    record Unusable(String reason) implements Handover {}
}
