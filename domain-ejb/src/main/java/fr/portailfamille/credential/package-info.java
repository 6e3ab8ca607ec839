/**
 * What proves who somebody is, for families and agents alike: passwords ({@link Passwords}, {@link PasswordRule}),
 * links that work once ({@link OneTimeLinks}) and the limits on trying ({@link Throttle}).
 *
 * <p>Invariant: neither passwords nor tokens are stored, only what they hash to.
 */
@org.jspecify.annotations.NullMarked
package fr.portailfamille.credential;
