package fr.portailfamille.booking;

import fr.portailfamille.request.RequestRef;
import java.util.List;
import java.util.Optional;

/**
 * What became of wishes sent in one go.
 *
 * @param request empty when a single wish broke a rule, so that there was nothing to keep
 * @param decisions one for each wish, in their order
 */
public record Answer(Optional<RequestRef> request, List<Decision> decisions) {

    public Answer {
        decisions = List.copyOf(decisions);
    }
}
