package fr.portailfamille.portal;

import fr.portailfamille.account.MySubscriptions;
import fr.portailfamille.account.SubscriptionCode;
import fr.portailfamille.account.SubscriptionOutcome;
import fr.portailfamille.account.SubscriptionRow;
import fr.portailfamille.web.Acts;
import fr.portailfamille.web.Notices;
import fr.portailfamille.web.RequestKey;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** P4: « Mes abonnements » and « M'abonner »; the hubs ask it whether there is a subscription at all. */
@Named
@RequestScoped
public class SubscriptionsPage {

    @Inject
    private MySubscriptions subscriptions;

    @Inject
    private Notices notices;

    @Inject
    private SubscriptionSentences sentences;

    @Inject
    private RequestKey key;

    @Inject
    private Acts acts;

    @Inject
    private Redirect redirect;

    @Inject
    private Clock clock;

    private List<SubscriptionRow> rows;
    private String code;
    private LocalDate childBirthDate;

    /** A subscription as it is shown. */
    public record Row(String universe, String name, String code, LocalDate since) {}

    public List<Row> getRows() {
        return loaded().stream()
                .map(row -> new Row(
                        row.universe(),
                        row.name(),
                        row.code(),
                        row.since().atZone(clock.getZone()).toLocalDate()))
                .toList();
    }

    public boolean isAny() {
        return !loaded().isEmpty();
    }

    private List<SubscriptionRow> loaded() {
        if (rows == null) {
            rows = subscriptions.list();
        }
        return rows;
    }

    public void subscribe() {
        String next = acts.once(key.getValue(), this::tryCode);
        if (next != null) {
            redirect.to(next);
        }
    }

    private String tryCode() {
        Optional<SubscriptionCode> given = SubscriptionCode.of(code);
        if (given.isEmpty()) {
            notices.refuse("code", Texts.of("code.form"));
            return null;
        }
        SubscriptionOutcome outcome = subscriptions.subscribe(given.get(), Optional.ofNullable(childBirthDate));
        String sentence = sentences.about(outcome);
        if (outcome instanceof SubscriptionOutcome.UnknownCode) {
            notices.refuse("code", sentence);
            return null;
        }
        if (outcome instanceof SubscriptionOutcome.Throttled) {
            notices.refuse(sentence);
            return null;
        }
        notices.tell(sentence);
        return "mon-espace/mes-abonnements";
    }

    public String getCode() {
        return code;
    }

    public void setCode(String code) {
        this.code = code;
    }

    public LocalDate getChildBirthDate() {
        return childBirthDate;
    }

    public void setChildBirthDate(LocalDate childBirthDate) {
        this.childBirthDate = childBirthDate;
    }
}
