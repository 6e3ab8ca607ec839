package fr.portailfamille.batch;

import jakarta.annotation.Priority;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.util.Arrays;

/**
 * Refuses a key whose role the resource does not name, before anything looks at what was sent: whoever may not call learns
 * nothing about what a good call would be.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class RoleOfResource implements ContainerRequestFilter {

    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext call) {
        RolesAllowed roles = resource.getResourceClass().getAnnotation(RolesAllowed.class);
        if (roles == null || Arrays.stream(roles.value()).noneMatch(call.getSecurityContext()::isUserInRole)) {
            call.abortWith(new Problem(403, "FORBIDDEN", "This key may not do that.").response());
        }
    }
}
