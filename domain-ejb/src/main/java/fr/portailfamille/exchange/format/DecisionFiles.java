package fr.portailfamille.exchange.format;

import static fr.portailfamille.exchange.format.ColumnKit.LONG_TEXT;
import static fr.portailfamille.exchange.format.ColumnKit.NOTE;
import static fr.portailfamille.exchange.format.ColumnKit.byKey;
import static fr.portailfamille.exchange.format.ColumnKit.link;
import static fr.portailfamille.exchange.format.ColumnKit.of;
import static fr.portailfamille.exchange.format.ColumnKit.ref;
import static fr.portailfamille.exchange.format.ColumnKit.text;
import static fr.portailfamille.exchange.format.ColumnKit.word;

import fr.portailfamille.exchange.format.FileFormat.Trait;
import java.util.List;

/** What the business application answers to requests. */
final class DecisionFiles {

    static final String REQUESTS = "requests.csv";

    private DecisionFiles() {}

    static List<FileFormat> all() {
        return List.of(
                byKey(
                        "decisions.csv",
                        "request_line",
                        Trait.DECISIONS,
                        2,
                        of("request_ref", Kind.REF).must(),
                        of("line", Kind.COUNT).into("request_line").must(),
                        word("decision", "accepted", "refused", "waitlisted").must(),
                        of("rank", Kind.COUNT),
                        text("reason_code"),
                        text("reason").upTo(NOTE),
                        of("decided_at", Kind.INSTANT).must()),
                new FileFormat(
                        "messages.csv",
                        "request_message",
                        "request_message_seq",
                        Trait.MESSAGES,
                        List.of(ref("message_ref")),
                        List.of(
                                ref("message_ref"),
                                link("request_ref", REQUESTS, "request_id").must(),
                                of("sent_at", Kind.INSTANT).must(),
                                text("text").upTo(LONG_TEXT).must())));
    }

    /** Of what the portal sends only the references are asked for here. */
    static FileFormat requests() {
        return new FileFormat(
                REQUESTS,
                "request",
                "request_seq",
                Trait.PLAIN,
                List.of(ref("request_ref")),
                List.of(ref("request_ref")));
    }
}
