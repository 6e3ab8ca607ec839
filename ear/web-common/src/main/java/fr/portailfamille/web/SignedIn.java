package fr.portailfamille.web;

import java.io.Serializable;
import java.util.Set;

/** Who a session belongs to; kept in the session, so that it survives the failure of a node. */
record SignedIn(String principal, Set<String> roles, int town) implements Serializable {

    static final String ATTRIBUTE = "fr.portailfamille.web.signedIn";
}
