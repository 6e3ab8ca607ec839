package fr.portailfamille.architecture.sample.boundary;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.interceptor.ExcludeDefaultInterceptors;

/** Nobody has named it as one that may. */
@Stateless
@PermitAll
@ExcludeDefaultInterceptors
class AroundTheWall {}
