package fr.portailfamille.notice.sms;

import java.util.UUID;

/** Somebody who sends short messages. */
interface SmsGateway {

    /**
     * A short message.
     *
     * @param key the same at each try, so that it is sent once
     * @param to in international form, {@code +33612345678}
     */
    record Sms(UUID key, String to, String words) {}

    /** Hands it over. Never throws for what gateways do. */
    Handover hand(Sms sms);
}
