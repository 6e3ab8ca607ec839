package fr.portailfamille.exchange.check;

import fr.portailfamille.exchange.check.Finding.Weight;
import fr.portailfamille.exchange.check.KeySpool.Entry;
import fr.portailfamille.exchange.format.Column;
import fr.portailfamille.exchange.format.FaultCode;
import fr.portailfamille.exchange.format.FileFormat.Trait;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What rows of a lot say of each other: keys that stand twice, and references to rows of the same lot. */
final class Relations {

    private final Findings findings;

    Relations(Findings findings) {
        this.findings = findings;
    }

    /** Equal rows count once; of different ones with one key none is taken. */
    void duplicates(ScannedFile file) throws IOException {
        if (file.format().trait() == Trait.DOCUMENTS) {
            return;
        }
        // One reader looks ahead to the end of a key, the other follows: a key may stand there millions of times.
        try (KeySpool.Sorted ahead = file.keys().sorted();
                KeySpool.Sorted behind = file.keys().sorted()) {
            Entry next = next(ahead);
            while (next != null) {
                Entry first = next;
                long times = 0;
                boolean same = true;
                while (next != null && next.sameKey(first)) {
                    times++;
                    same &= next.tag() == first.tag() && !file.isRejected(next.place());
                    next = next(ahead);
                }
                for (long i = 0; i < times; i++) {
                    Entry twin = behind.next();
                    if (same && i > 0) {
                        file.repeats(twin.place());
                    } else if (!same && times > 1 && file.reject(twin.place())) {
                        tell(file, twin, file.format().key().get(0).name(), FaultCode.DUPLICATE_KEY, null);
                    }
                }
            }
        }
    }

    /** What is wrong with rows by themselves, where their references are good. */
    void later(ScannedFile file) throws IOException {
        file.later().all((place, fault, value) -> {
            if (file.reject(place)) {
                findings.tell(
                        Weight.REJECT,
                        file.format().name(),
                        Place.line(place),
                        fault.column(),
                        fault.code().name(),
                        value,
                        fault.detail());
            }
        });
    }

    /** Rows that refer to a row of the lot that is rejected, or to one that it does not have. */
    void references(ScannedFile child, Map<String, ScannedFile> parents) throws IOException {
        for (Map.Entry<Column, KeySpool> link : child.links().entrySet()) {
            ScannedFile parent = parents.get(link.getKey().parent());
            if (parent != null) {
                references(child, link.getKey().name(), link.getValue(), parent);
            }
        }
    }

    private void references(ScannedFile child, String column, KeySpool links, ScannedFile parent) throws IOException {
        try (KeySpool.Sorted refs = links.sorted();
                KeySpool.Sorted rows = parent.keys().sorted()) {
            Entry row = next(rows);
            while (refs.hasNext()) {
                Entry ref = refs.next();
                while (row != null && row.compareKey(ref) < 0) {
                    row = next(rows);
                }
                if (row == null || !row.sameKey(ref)) {
                    child.missElsewhere();
                } else if (parent.isRejected(row.place()) && child.reject(ref.place())) {
                    // Of several rows with this key the others are rejected too, or equal.
                    tell(
                            child,
                            ref,
                            column,
                            FaultCode.PARENT_REJECTED,
                            parent.format().name());
                }
            }
        }
    }

    private static @Nullable Entry next(KeySpool.Sorted entries) {
        return entries.hasNext() ? entries.next() : null;
    }

    private void tell(ScannedFile file, Entry entry, String column, FaultCode code, @Nullable String detail) {
        findings.tell(
                Weight.REJECT, file.format().name(), Place.line(entry.place()), column, code.name(), null, detail);
    }
}
