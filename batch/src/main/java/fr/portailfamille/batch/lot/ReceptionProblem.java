package fr.portailfamille.batch.lot;

import fr.portailfamille.batch.Problem;
import fr.portailfamille.exchange.LotConflictException;
import fr.portailfamille.exchange.RejectReasons;
import fr.portailfamille.exchange.format.RefusedException;

/** Why a lot was not taken, whichever way it came. */
public final class ReceptionProblem {

    private ReceptionProblem() {}

    public static Problem of(RefusedException refused) {
        int status = switch (refused.code()) {
            case "TOO_LARGE" -> 413;
            case "NOT_A_ZIP" -> 415;
            default -> 422;
        };
        String place = refused.file() == null ? "" : refused.file() + " : ";
        String sentence = RejectReasons.sentence(refused.code(), refused.column(), refused.detail());
        return new Problem(status, refused.code(), place + sentence);
    }

    public static Problem of(LotConflictException conflict) {
        return new Problem(409, "SEQUENCE_REPLAYED", conflict.getMessage());
    }
}
