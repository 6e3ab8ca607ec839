/**
 * The digests: each decision on a booking or absence, and each day to come that the town changed by itself, is told in
 * exactly one, at the hours of its town, whatever runs late, twice or not at all.
 */
package fr.portailfamille.notice.digest;
