/** Container tests of agents: invitation, sign-in, menus as roles, and what the registers find. */
package fr.portailfamille.agent;
