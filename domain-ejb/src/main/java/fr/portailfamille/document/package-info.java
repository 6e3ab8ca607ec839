/**
 * Documents as stored content, whoever they belong to: in pieces, encrypted under the town's key, with their hash.
 *
 * <p>Invariants: content never changes once stored; what is stored commits or falls with what refers to it.
 */
@org.jspecify.annotations.NullMarked
package fr.portailfamille.document;
