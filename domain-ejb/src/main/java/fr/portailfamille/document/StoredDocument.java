package fr.portailfamille.document;

/**
 * Content that was stored.
 *
 * @param sha256 of the plain content, 64 hexadecimal digits
 * @param size in bytes
 */
public record StoredDocument(long id, String sha256, long size) {}
