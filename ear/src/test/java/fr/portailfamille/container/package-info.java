/**
 * Tests inside the server ({@code *IT}), on the archive that ships with one more WAR that holds them. All classes share
 * one deployment and one database: each test opens a town of its own.
 */
package fr.portailfamille.container;
