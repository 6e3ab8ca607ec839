/**
 * What the operator of the platform does for its towns: open one, draw its exchange keys, force a digest. The operator
 * belongs to no town and sees into none.
 */
@org.jspecify.annotations.NullMarked
package fr.portailfamille.operator;
