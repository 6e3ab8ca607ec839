package fr.portailfamille.notice.bounce;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a mail server reports about a mail.
 *
 * @param messageId of the mail that the report is about, with its angle brackets
 */
record DeliveryReport(String messageId, List<Fate> fates) {

    /**
     * What became of the mail for one addressee.
     *
     * @param addresses the final and the original one, in lower case
     * @param action as the server says it: {@code failed}, {@code delayed}, {@code delivered}, {@code relayed} …
     * @param status the enhanced status code, {@code 5.1.1}
     * @param diagnostic the words of the server that decided; empty where there were none
     */
    record Fate(Set<String> addresses, String action, String status, String diagnostic) {

        /** Only this word says that the server has given up. */
        boolean failed() {
            return action.equals("failed");
        }

        String reason() {
            return diagnostic.isEmpty() ? status : diagnostic;
        }
    }

    Optional<Fate> of(String address) {
        List<Fate> own = fates.stream()
                .filter(fate -> fate.addresses().contains(address))
                .toList();
        return own.stream()
                .filter(Fate::failed)
                .findFirst()
                .or(() -> own.stream().findFirst());
    }
}
