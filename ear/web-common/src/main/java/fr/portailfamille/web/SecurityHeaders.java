package fr.portailfamille.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Headers of every answer. Faces pages get their content security policy from {@code primefaces.CSP_POLICY} instead,
 * which adds a nonce for the scripts that components write.
 */
final class SecurityHeaders {

    private static final String POLICY = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
            + "base-uri 'none'; frame-ancestors 'none'; form-action 'self'; script-src 'none'";

    private SecurityHeaders() {}

    static void addTo(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (request.isSecure()) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
    }

    static void withoutScripts(HttpServletResponse response) {
        response.setHeader("Content-Security-Policy", POLICY);
    }

    /** Pages show families their own data: no copy may stay in a browser or on the way. */
    static void notStored(HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
    }
}
