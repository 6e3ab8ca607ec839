package fr.portailfamille.exchange;

/** What became of rows. Every data row is counted once among created, changed, unchanged and rejected. */
public record RowCounts(long created, long changed, long unchanged, long archived, long rejected, long warnings) {

    public static final RowCounts NONE = new RowCounts(0, 0, 0, 0, 0, 0);

    public RowCounts plus(RowCounts other) {
        return new RowCounts(
                created + other.created,
                changed + other.changed,
                unchanged + other.unchanged,
                archived + other.archived,
                rejected + other.rejected,
                warnings + other.warnings);
    }
}
