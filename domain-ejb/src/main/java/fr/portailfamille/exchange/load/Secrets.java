package fr.portailfamille.exchange.load;

/**
 * How secrets of imported tables are sealed, for those who read them. The associated data is
 * {@code table/column_enc/reference}, the reference being the row's own ({@code family_ref}, {@code individual_ref}), or
 * for what belongs to a person (allergies, vaccinations) that of the person. What is hashed is
 * {@code table/column=value}, so that equal values of two columns do not show as equal. Yes and no are {@code 1} and
 * {@code 0}, days are written 2026-11-20, diets joined by {@code |}.
 */
public final class Secrets {

    private Secrets() {}

    /** The place of a value, as the vault's associated data. */
    public static String place(String table, String column, String ref) {
        return table + "/" + column + "_enc/" + ref;
    }

    /** What the vault makes the {@code _mac} of. */
    public static String hashed(String table, String column, String value) {
        return table + "/" + column + "=" + value;
    }
}
