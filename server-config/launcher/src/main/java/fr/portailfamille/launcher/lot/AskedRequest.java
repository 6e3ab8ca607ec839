package fr.portailfamille.launcher.lot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request that waits for the business application's decision.
 *
 * @param type {@code BOOKING} and {@code ABSENCE} have lines; others are decided as a whole
 */
public record AskedRequest(String ref, String family, String type, int lines) {

    /** By families of the demonstration town, before decisions come in. */
    public static final List<AskedRequest> ALL = List.of(
            new AskedRequest("2026-1111111111", "besson", "BOOKING", 3),
            new AskedRequest("2026-2222222222", "besson", "ABSENCE", 2),
            new AskedRequest("2026-3333333333", "diallo", "BOOKING", 2),
            new AskedRequest("2026-4444444444", "moreau", "ABSENCE", 1),
            new AskedRequest("2026-5555555555", "diallo", "SUBSCRIPTION", 0));

    /** Files of the flow with an answer to each line and two messages. */
    static Map<String, LotTable> answers() {
        String at = "2026-11-23T16:00:00+01:00";
        LotTable decisions = LotTable.of("request_ref,line,decision,rank,reason_code,reason,decided_at");
        LotTable messages = LotTable.of("message_ref,request_ref,sent_at,text");
        for (AskedRequest request : ALL) {
            for (int line = 1; line <= Math.max(1, request.lines); line++) {
                decisions.with(request.ref, line, line == 2 ? "refused" : "accepted", "", "", "", at);
            }
            messages.with("MSG-" + request.family + "-" + request.type, request.ref, at, "Votre demande est étudiée.");
        }
        Map<String, LotTable> files = new LinkedHashMap<>();
        files.put("decisions.csv", decisions);
        files.put("messages.csv", messages);
        return files;
    }
}
