/**
 * What both web applications share: how an address becomes a page of a town ({@link TownRouteFilter}, {@link RouteTable}),
 * who is signed in ({@link TownAuthentication}), what becomes of an expired view ({@link ExpiredViews}), error pages,
 * headers, the town's theme, and the tags of namespace {@code portailfamille}.
 *
 * <p>Invariant: nothing is served that the application's route table does not name.
 */
package fr.portailfamille.web;
