package fr.portailfamille.exchange.check;

import fr.portailfamille.exchange.RejectReasons;
import fr.portailfamille.exchange.check.Finding.Weight;
import fr.portailfamille.exchange.format.RefusedException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Hands on what was found, with its sentence. */
record Findings(Consumer<Finding> told) {

    void tell(
            Weight weight,
            @Nullable String file,
            @Nullable Long line,
            @Nullable String column,
            String code,
            @Nullable String value,
            @Nullable String detail) {
        told.accept(new Finding(weight, file, line, column, code, value, RejectReasons.sentence(code, column, detail)));
    }

    void refused(RefusedException refused) {
        tell(Weight.REFUSED, refused.file(), refused.line(), refused.column(), refused.code(), null, refused.detail());
    }
}
