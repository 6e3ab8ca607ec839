package fr.portailfamille.exchange.format;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a cell has to do with another one of its row, a column that is required. */
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

    /** A day that may be that of the other column, or a later one. */
    record NotBefore(String of) implements CellRule {

        /** Days in ISO 8601 stand in the order of their characters. */
        @Override
        public @Nullable Broken broken(@Nullable String value, @Nullable String other) {
            return value != null && other != null && value.compareTo(other) < 0
                    ? new Broken(FaultCode.BAD_VALUE, "le jour de la colonne " + of + " ou un jour suivant")
                    : null;
        }
    }
}
