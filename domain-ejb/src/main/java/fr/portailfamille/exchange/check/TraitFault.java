package fr.portailfamille.exchange.check;

import fr.portailfamille.exchange.format.CheckText;
import fr.portailfamille.exchange.format.Documents;
import fr.portailfamille.exchange.format.FaultCode;
import fr.portailfamille.exchange.format.FileFormat.Trait;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the trait of a file adds to what may be wrong with its rows, as far as a row alone shows it. Of a column that the
 * header lacks the portal may have something stored.
 */
enum TraitFault {
    /** An activity cannot exclude itself. */
    PAIR_OF_ONE(Trait.UNORDERED_PAIR, "excluded_activity_ref", FaultCode.BAD_VALUE, "pair.same") {
        @Override
        boolean is(Row row) {
            return row.has("activity_ref") && row.value("activity_ref").equals(row.value(column()));
        }
    },
    DOCUMENT_OF_NOBODY(Trait.DOCUMENTS, "individual_ref", FaultCode.MISSING, null) {
        @Override
        boolean is(Row row) {
            return !row.has("family_ref") && !row.has(column());
        }
    },
    ENDS_BEFORE_START(Trait.REGISTRATIONS, "end", FaultCode.OUT_OF_PERIOD, "registration.backwards") {
        @Override
        boolean is(Row row) {
            return row.value(column()).compareTo(row.value("start")) < 0;
        }
    },
    NO_PDF(Trait.INVOICES, "document", FaultCode.BAD_DOCUMENT, "document.no-pdf") {
        @Override
        boolean is(Row row) {
            return row.others.contains(Documents.withoutFolder(row.value(column())));
        }
    },
    ALLOCATED_BEYOND_COLLECTED(Trait.PAYMENTS, "allocated", FaultCode.BAD_VALUE, "payment.allocated-beyond") {
        @Override
        boolean is(Row row) {
            return Math.abs(row.cents(column())) > Math.abs(row.cents("collected"));
        }
    },
    NEITHER_SIDE(Trait.ADJUSTMENTS, "credit", FaultCode.MISSING, null) {
        @Override
        boolean is(Row row) {
            return row.columns.contains(column())
                    && row.columns.contains("debit")
                    && !row.has(column())
                    && !row.has("debit");
        }
    },
    DECISION_ARCHIVED(Trait.DECISIONS, "archived", FaultCode.BAD_VALUE, "decision.archived") {
        @Override
        boolean is(Row row) {
            return row.value(column()).equals("1");
        }
    };

    private final Trait trait;
    private final String column;
    private final FaultCode code;
    private final @Nullable String detail;

    TraitFault(Trait trait, String column, FaultCode code, @Nullable String detail) {
        this.trait = trait;
        this.column = column;
        this.code = code;
        this.detail = detail;
    }

    /**
     * A row whose cells are good each for itself.
     *
     * @param columns of the header
     * @param values as they were read; none of an empty cell
     * @param others documents of the lot that are no PDF
     */
    record Row(Set<String> columns, Map<String, String> values, Set<String> others) {

        private boolean has(String column) {
            return values.containsKey(column);
        }

        private String value(String column) {
            return values.getOrDefault(column, "");
        }

        private long cents(String column) {
            return Long.parseLong(value(column));
        }
    }

    abstract boolean is(Row row);

    /** The one that a row of a file with this trait has, or null. */
    static @Nullable TraitFault of(Trait trait, Row row) {
        for (TraitFault fault : values()) {
            if (fault.trait == trait && fault.is(row)) {
                return fault;
            }
        }
        return null;
    }

    String column() {
        return column;
    }

    FaultCode code() {
        return code;
    }

    /** Completes the reason, in French. */
    @Nullable
    String detail() {
        return detail == null ? null : CheckText.of(detail);
    }
}
