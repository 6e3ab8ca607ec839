/** The agents' pages in a browser, on towns of their own with accounts, families, requests and runs. */
package fr.portailfamille.backoffice;
