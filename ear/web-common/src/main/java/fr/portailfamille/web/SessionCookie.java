package fr.portailfamille.web;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.annotation.WebListener;

/** The session cookie: out of reach of scripts, not sent along from other sites, and over TLS only where there is TLS. */
@WebListener
public class SessionCookie implements ServletContextListener {

    @Override
    public void contextInitialized(ServletContextEvent event) {
        SessionCookieConfig cookie = event.getServletContext().getSessionCookieConfig();
        cookie.setHttpOnly(true);
        cookie.setAttribute("SameSite", "Lax");
        String address = System.getenv("PORTAIL_BASE_URL");
        cookie.setSecure(address != null && address.startsWith("https:"));
    }
}
