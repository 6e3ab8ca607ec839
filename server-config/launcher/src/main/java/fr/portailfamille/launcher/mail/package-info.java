/**
 * What tries the portal's post: a mail server that takes everything and counts, families with something to be told, and
 * servers killed in the middle of it. Benchmarks, chaos runs and container tests share it.
 */
package fr.portailfamille.launcher.mail;
