package fr.portailfamille.web;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.UUID;

/**
 * Drawn when a page is shown and sent with its act, so that the same act sent twice is known as one. An act that was
 * done asks for the next one where the page stays.
 */
@Named
@ViewScoped
public class RequestKey implements Serializable {

    private static final long serialVersionUID = 1L;

    private UUID value = UUID.randomUUID();

    public UUID getValue() {
        return value;
    }

    public void next() {
        value = UUID.randomUUID();
    }
}
