/** Accounts and subscriptions, from the form to the database. */
package fr.portailfamille.account;
