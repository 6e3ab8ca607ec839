package fr.portailfamille.backoffice;

import fr.portailfamille.notice.TextMessageDesk;
import fr.portailfamille.notice.TextMessageJournal;
import fr.portailfamille.notice.TextMessageRow;
import fr.portailfamille.request.RequestRef;
import fr.portailfamille.web.Notices;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** SMS: whether the town sends any, on « Notifications », and which ones went beside the messages of a request. */
@Named("textMessages")
@RequestScoped
public class TextMessagesPart {

    @Inject
    private TextMessageDesk desk;

    @Inject
    private TextMessageJournal journal;

    @Inject
    private Notices notices;

    private Boolean on;
    private String ref;
    private List<TextMessageRow> ofRef;

    public boolean isInstalled() {
        return desk.gatewayInstalled();
    }

    public boolean isOn() {
        if (on == null) {
            on = desk.on();
        }
        return on;
    }

    /** Says the state that is wanted, so that a second click changes nothing. */
    public void turn(boolean wanted) {
        desk.turn(wanted);
        on = wanted;
        notices.tell(Words.of(wanted ? "notifications.sms.on" : "notifications.sms.off"));
    }

    /** None where no request is shown: a post may bring the state of another page. */
    public List<TextMessageRow> of(RequestRef request) {
        if (request == null) {
            return List.of();
        }
        if (!request.value().equals(ref)) {
            ref = request.value();
            ofRef = journal.ofRequest(request);
        }
        return ofRef;
    }
}
