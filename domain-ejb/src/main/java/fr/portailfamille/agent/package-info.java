/**
 * The agents of a town: how they are invited, activate their account and sign in, and what their profiles open to them
 * ({@link fr.portailfamille.agent.Menu}).
 *
 * <p>Invariants: an agent belongs to one town; a boundary for agents asks for the role of its menu; a session ends as soon
 * as the agent is disabled, changes the password or gets other profiles.
 */
@org.jspecify.annotations.NullMarked
package fr.portailfamille.agent;
