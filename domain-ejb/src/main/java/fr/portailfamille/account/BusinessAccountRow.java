package fr.portailfamille.account;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A business account in a list, with name and address as agents edited them, as long as Enfance says nothing new.
 *
 * @param subscribers addresses of the citizen accounts; none makes it an orphan
 */
public record BusinessAccountRow(
        long id,
        String universe,
        @Nullable String issuer,
        String code,
        String name,
        @Nullable String email,
        List<String> subscribers,
        @Nullable Long family,
        boolean edited,
        boolean archived) {

    public BusinessAccountRow {
        subscribers = List.copyOf(subscribers);
    }

    public boolean linked() {
        return !subscribers.isEmpty();
    }
}
