package fr.portailfamille.notice;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whom an e-mail about requests goes to. */
public record Addressee(
        long account, String email, @Nullable String civility, String firstName, String lastName) {

    /** The part of a model that greets. */
    public Map<String, Object> model() {
        Map<String, Object> model = new LinkedHashMap<>();
        if (civility != null) {
            model.put("civility", civility);
        }
        model.put("firstName", firstName);
        model.put("lastName", lastName);
        return model;
    }
}
