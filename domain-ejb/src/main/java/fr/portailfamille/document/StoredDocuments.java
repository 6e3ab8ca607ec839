package fr.portailfamille.document;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.common.TownVault;
import fr.portailfamille.common.TownVaults;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The documents of the running transaction's town. Stored and read piece by piece: memory does not grow with their size.
 * Who may see one is for those to say who refer to it.
 */
@ApplicationScoped
public class StoredDocuments {

    private static final int CHUNK = 1 << 20;

    @Inject
    private Database database;

    @Inject
    private CurrentTown town;

    @Inject
    private TownVaults vaults;

    @Inject
    private Clock clock;

    /** Stores all that the stream gives. The caller has checked how much that may be. */
    public StoredDocument store(InputStream content) throws IOException {
        long id = database.read(handle -> handle.createQuery("select nextval('stored_document_seq')")
                .mapTo(long.class)
                .one());
        MessageDigest digest = sha256();
        // The pieces refer to the document, which is written first and completed last.
        insert(id);
        long size = 0;
        int n = 0;
        for (byte[] piece = content.readNBytes(CHUNK); piece.length > 0; piece = content.readNBytes(CHUNK)) {
            digest.update(piece);
            size += piece.length;
            insertPiece(id, n, piece);
            n++;
        }
        byte[] hash = digest.digest();
        complete(id, hash, size);
        return new StoredDocument(id, HexFormat.of().formatHex(hash), size);
    }

    private void insert(long id) {
        database.write(
                handle -> handle.createUpdate("insert into stored_document (town_id, id, sha256, size, stored_at)"
                                + " values (:town, :id, '', 0, :now)")
                        .bind("town", town.id())
                        .bind("id", id)
                        .bind("now", clock.instant())
                        .execute());
    }

    private void insertPiece(long id, int n, byte[] piece) {
        byte[] cipherText = vault().encryptBytes(place(id, n), piece);
        database.write(handle -> handle.createUpdate(
                        "insert into document_chunk (town_id, document_id, n, bytes) values (:town, :id, :n, :bytes)")
                .bind("town", town.id())
                .bind("id", id)
                .bind("n", n)
                .bind("bytes", cipherText)
                .execute());
    }

    private void complete(long id, byte[] hash, long size) {
        database.write(handle -> handle.createUpdate(
                        "update stored_document set sha256 = :sha256, size = :size where town_id = :town and id = :id")
                .bind("town", town.id())
                .bind("id", id)
                .bind("sha256", hash)
                .bind("size", size)
                .execute());
    }

    /** The n-th piece, from 0; empty behind the last. */
    public Optional<byte[]> piece(long document, int n) {
        return database.read(handle -> handle.createQuery(
                                "select bytes from document_chunk where town_id = :town and document_id = :id and n = :n")
                        .bind("town", town.id())
                        .bind("id", document)
                        .bind("n", n)
                        .mapTo(byte[].class)
                        .findOne())
                .map(bytes -> vault().decryptBytes(place(document, n), bytes));
    }

    /** For those that nothing refers to: what referred to them has gone before, or never came. */
    public void remove(List<Long> ids) {
        if (!ids.isEmpty()) {
            database.write(handle -> handle.createUpdate(
                            "delete from stored_document where town_id = :town and id = any (:ids)")
                    .bind("town", town.id())
                    .bindArray("ids", Long.class, ids)
                    .execute());
        }
    }

    private TownVault vault() {
        return vaults.of(town.id());
    }

    private static String place(long document, int n) {
        return "document_chunk/" + document + "/" + n;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
