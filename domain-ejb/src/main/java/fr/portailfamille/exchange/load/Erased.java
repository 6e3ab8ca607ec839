package fr.portailfamille.exchange.load;

import fr.portailfamille.common.TownVault;
import fr.portailfamille.exchange.format.FileFormat;
import fr.portailfamille.exchange.format.FileFormat.Trait;
import java.util.HashSet;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The people erased at their wish: later lots skip them. Only keyed hashes of their references are kept. */
final class Erased {

    /** What the vault makes the hash of; the erasing of a person writes the same. */
    private static final String PLACE = "individual/ref=";

    private final Set<Hash> hashes = new HashSet<>();
    private final TownVault vault;

    private record Hash(java.nio.ByteBuffer bytes) {}

    Erased(Handle handle, int town, TownVault vault) {
        this.vault = vault;
        handle.createQuery("select ref_mac from erased_ref where town_id = :town")
                .bind("town", town)
                .mapTo(byte[].class)
                .forEach(mac -> hashes.add(new Hash(java.nio.ByteBuffer.wrap(mac))));
    }

    /** Whether the file may have rows of erased people. */
    boolean concerns(FileFormat file) {
        return !hashes.isEmpty() && file.trait() == Trait.INDIVIDUALS;
    }

    /** Whether the reference is that of an erased person. Rows about them fall with it: their reference is known no more. */
    boolean holds(@Nullable String ref) {
        if (ref == null) {
            return false;
        }
        byte[] mac = vault.mac(PLACE + ref);
        return mac != null && hashes.contains(new Hash(java.nio.ByteBuffer.wrap(mac)));
    }
}
