package fr.portailfamille.backoffice;

import fr.portailfamille.notice.NoticeRow;
import fr.portailfamille.notice.NoticeState;
import fr.portailfamille.notice.UnsentNotices;
import fr.portailfamille.web.Acts;
import fr.portailfamille.web.Notices;
import fr.portailfamille.web.RequestKey;
import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;

/** « Messages non remis »: e-mails that did not arrive, or not yet, and why. */
@Named
@ViewScoped
public class UnsentNoticesPage implements Serializable {

    private static final long serialVersionUID = 1L;

    static final String PATH = "messages-non-remis";

    private static final List<NoticeState> STATES =
            List.of(NoticeState.FAILED, NoticeState.QUEUED, NoticeState.RETURNED);

    @Inject
    private UnsentNotices unsent;

    @Inject
    private Notices notices;

    @Inject
    private RequestKey key;

    @Inject
    private Acts acts;

    private String email;
    private NoticeState state;
    private UnsentNotices.Criteria criteria = UnsentNotices.Criteria.ALL;
    private GridRows<NoticeRow, UnsentNotices.Sort> rows;

    @PostConstruct
    void open() {
        rows = new GridRows<>(
                UnsentNotices.Sort.WRITTEN,
                false,
                NoticeRow::id,
                (sort, ascending, first, size) -> unsent.page(criteria, ascending, first, size));
    }

    public void search() {
        criteria = new UnsentNotices.Criteria(email, state);
        GridRows.toFirstPage();
    }

    public void reset() {
        email = null;
        state = null;
        search();
    }

    /** The one that the click names: rows may have moved since the page was shown. */
    public void sendAgain() {
        Long notice = Addressed.number("avis");
        String sent = notice == null
                ? null
                : acts.once(
                        Clicked.key(key, notice), () -> unsent.sendAgain(notice).orElse(null));
        if (sent == null) {
            notices.refuse(Words.of("requests.notices.notAgain"));
        } else {
            key.next();
            notices.tell(Words.of("requests.notices.sentAgain", sent));
        }
    }

    public GridRows<NoticeRow, UnsentNotices.Sort> getRows() {
        return rows;
    }

    public List<NoticeState> getStates() {
        return STATES;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public NoticeState getState() {
        return state;
    }

    public void setState(NoticeState state) {
        this.state = state;
    }
}
