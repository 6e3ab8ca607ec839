/** E-mails and digests in the container: what commits is sent, once, and what does not is not. */
package fr.portailfamille.notice;
