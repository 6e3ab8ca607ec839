package fr.portailfamille.exchange;

import java.util.Map;

/**
 * How large a lot may be. The operator sets them by the environment: {@code PORTAIL_LOT_ZIPPED_MIB},
 * {@code PORTAIL_LOT_UNZIPPED_MIB}, {@code PORTAIL_LOT_RATIO}, {@code PORTAIL_LOT_ROWS}, {@code PORTAIL_LOT_FIELD}.
 *
 * @param field characters of a field, a million at most: a reader holds one whole
 */
public record LotLimits(long zipped, long unzipped, long ratio, long rows, int field) {

    private static final long MIB = 1L << 20;
    private static final int LARGEST_FIELD = 1 << 20;

    public static final LotLimits USUAL = new LotLimits(512 * MIB, 4_096 * MIB, 200, 20_000_000, 65_536);

    public static LotLimits fromEnvironment() {
        return from(System.getenv());
    }

    static LotLimits from(Map<String, String> environment) {
        return new LotLimits(
                setting(environment, "PORTAIL_LOT_ZIPPED_MIB", USUAL.zipped / MIB) * MIB,
                setting(environment, "PORTAIL_LOT_UNZIPPED_MIB", USUAL.unzipped / MIB) * MIB,
                setting(environment, "PORTAIL_LOT_RATIO", USUAL.ratio),
                setting(environment, "PORTAIL_LOT_ROWS", USUAL.rows),
                (int) Math.min(LARGEST_FIELD, setting(environment, "PORTAIL_LOT_FIELD", USUAL.field)));
    }

    /** How many lots of a town may wait for their turn at once: {@code PORTAIL_LOTS_QUEUED}. */
    static long queued(Map<String, String> environment) {
        return setting(environment, "PORTAIL_LOTS_QUEUED", 200);
    }

    private static long setting(Map<String, String> environment, String name, long usual) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? usual : Long.parseLong(value.strip());
    }
}
