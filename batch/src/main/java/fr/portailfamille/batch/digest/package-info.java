/**
 * The job {@code digest}: it tells families, at the hours of their town, what was decided. When it is due and that each
 * decision is told once is the matter of {@link fr.portailfamille.notice.digest.DigestDesk}.
 */
package fr.portailfamille.batch.digest;
