/** Tests in a real browser ({@code *E2E}) against the application as it ships, on the instance of {@code ./portail test}. */
package fr.portailfamille.browser;
