/**
 * What an e-mail says: which there are ({@link fr.portailfamille.notice.letter.MailTemplate}), their sentences in bundles,
 * their frames in template files. What agents and families typed is data to the sentences and to the frames, and escaped
 * by the engine. Knows nothing of outbox, server or database.
 */
package fr.portailfamille.notice.letter;
