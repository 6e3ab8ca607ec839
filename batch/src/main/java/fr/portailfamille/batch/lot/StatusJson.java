package fr.portailfamille.batch.lot;

import fr.portailfamille.exchange.FileCounts;
import fr.portailfamille.exchange.LotStatus;
import fr.portailfamille.exchange.Reason;
import fr.portailfamille.exchange.RowCounts;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The state of a lot, as the contract writes it. */
public final class StatusJson {

    private StatusJson() {}

    public static String of(LotStatus status) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("lotId", status.lotId().toString())
                .add("flow", status.flow())
                .add("mode", status.mode());
        if (status.sequence() == 0) {
            json.addNull("sequence");
        } else {
            json.add("sequence", status.sequence());
        }
        json.add("dryRun", status.dryRun()).add("state", status.state());
        text(json, "waitingFor", status.waitingFor());
        json.add("progress", status.progress()).add("rows", counts(status.rows()));
        JsonObjectBuilder files = Json.createObjectBuilder();
        for (FileCounts file : status.files()) {
            files.add(file.file(), counts(file.counts()));
        }
        json.add("files", files);
        JsonArrayBuilder reasons = Json.createArrayBuilder();
        for (Reason reason : status.reasons()) {
            reasons.add(reason(reason));
        }
        json.add("reasons", reasons);
        instant(json, "receivedAt", status.receivedAt());
        instant(json, "startedAt", status.startedAt());
        instant(json, "endedAt", status.endedAt());
        return json.build().toString();
    }

    private static JsonObjectBuilder counts(RowCounts counts) {
        return Json.createObjectBuilder()
                .add("created", counts.created())
                .add("changed", counts.changed())
                .add("unchanged", counts.unchanged())
                .add("archived", counts.archived())
                .add("rejected", counts.rejected())
                .add("warnings", counts.warnings());
    }

    private static JsonObjectBuilder reason(Reason reason) {
        JsonObjectBuilder json = Json.createObjectBuilder().add("code", reason.code());
        text(json, "file", reason.file());
        if (reason.line() == null) {
            json.addNull("line");
        } else {
            json.add("line", reason.line());
        }
        text(json, "column", reason.column());
        text(json, "detail", reason.detail());
        return json;
    }

    private static void text(JsonObjectBuilder json, String name, @Nullable String value) {
        if (value == null) {
            json.addNull(name);
        } else {
            json.add(name, value);
        }
    }

    private static void instant(JsonObjectBuilder json, String name, @Nullable Instant at) {
        text(json, name, at == null ? null : at.toString());
    }
}
