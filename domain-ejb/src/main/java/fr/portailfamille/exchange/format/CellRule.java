package fr.portailfamille.exchange.format;

import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a cell has to do with another one of its row. Of a column that the header lacks what is stored stands. */
public sealed interface CellRule {

    /** The other column. */
    String of();

    /**
     * Looks at two cells that are good each for itself.
     *
     * @param value of the cell; null = empty
     * @return what is wrong with it; null = nothing
     */
    @Nullable
    Broken broken(@Nullable String value, @Nullable String other);

    /** What rejects the row, and what completes the reason, in French. */
    record Broken(FaultCode code, String detail) {}

    /** Some words of the other column make this one necessary. Words are those that are stored, in upper case. */
    record NeededFor(String of, Set<String> words) implements CellRule {

        public NeededFor {
            words = Set.copyOf(words);
        }

        @Override
        public @Nullable Broken broken(@Nullable String value, @Nullable String other) {
            return value == null && other != null && words.contains(other)
                    ? new Broken(FaultCode.MISSING, of + " vaut " + other.toLowerCase(Locale.ROOT))
                    : null;
        }
    }

    /**
     * What may be as in the other column, or later.
     *
     * @param unit of both columns
     */
    record NotBefore(String of, Unit unit) implements CellRule {

        /** What is compared, and how that is said in French. */
        public enum Unit {
            DAY("le jour", "un jour suivant", "un jour précédent"),
            INSTANT("l'instant", "plus tard", "plus tôt");

            private final String named;
            private final String later;
            private final String earlier;

            Unit(String named, String later, String earlier) {
                this.named = named;
                this.later = later;
                this.earlier = earlier;
            }
        }

        /** What was expected of the cell. */
        public String notEarlier() {
            return unit.named + " de la colonne " + of + " ou " + unit.later;
        }

        /**
         * What was expected of the other cell, where the file has no more than that.
         *
         * @param column that has the rule
         */
        public String notLater(String column) {
            return unit.named + " de la colonne " + column + " ou " + unit.earlier;
        }

        @Override
        public @Nullable Broken broken(@Nullable String value, @Nullable String other) {
            return value != null && other != null && isBefore(value, other)
                    ? new Broken(FaultCode.BAD_VALUE, notEarlier())
                    : null;
        }

        /** Days in ISO 8601 stand in the order of their characters; instants do not, with parts of seconds. */
        private boolean isBefore(String value, String other) {
            return unit == Unit.INSTANT
                    ? Instant.parse(value).isBefore(Instant.parse(other))
                    : value.compareTo(other) < 0;
        }
    }
}
