package fr.portailfamille.batch;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** All resources stand right under the context root. */
@ApplicationPath("/")
public class ExchangeApplication extends Application {}
