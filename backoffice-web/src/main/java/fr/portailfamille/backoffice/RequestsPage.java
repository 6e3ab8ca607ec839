package fr.portailfamille.backoffice;

import fr.portailfamille.notice.NoticeJournal;
import fr.portailfamille.notice.NoticeRow;
import fr.portailfamille.request.RequestCriteria;
import fr.portailfamille.request.RequestDesk;
import fr.portailfamille.request.RequestDetail;
import fr.portailfamille.request.RequestRow;
import fr.portailfamille.request.RequestSort;
import fr.portailfamille.request.RequestState;
import fr.portailfamille.request.RequestType;
import fr.portailfamille.web.Acts;
import fr.portailfamille.web.Notices;
import fr.portailfamille.web.RequestKey;
import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;

/** « Demandes »: what families asked for, to look at. */
@Named
@ViewScoped
public class RequestsPage implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    private RequestDesk desk;

    @Inject
    private NoticeJournal journal;

    @Inject
    private Notices notices;

    @Inject
    private RequestKey key;

    @Inject
    private Acts acts;

    private String ref;
    private String account;
    private String email;
    private RequestType type;
    private RequestState state;
    private LocalDate from;
    private LocalDate to;

    private RequestCriteria criteria;
    private GridRows<RequestRow, RequestSort> rows;
    private RequestDetail shown;
    private List<NoticeRow> noticeRows = List.of();

    @PostConstruct
    void open() {
        search();
        rows = new GridRows<>(
                RequestSort.DATE,
                false,
                RequestRow::ref,
                (sort, ascending, first, size) -> desk.find(criteria, sort, ascending, first, size));
    }

    public void search() {
        criteria = new RequestCriteria(ref, account, email, type, state, from, to);
        close();
        GridRows.toFirstPage();
    }

    public void reset() {
        ref = null;
        account = null;
        email = null;
        type = null;
        state = null;
        from = null;
        to = null;
        search();
    }

    public void show(RequestRow row) {
        shown = desk.detail(row.ref()).orElse(null);
        noticeRows = shown == null ? List.of() : journal.ofRequest(row.ref());
        if (shown == null) {
            notices.refuse(Words.of("panel.gone"));
        }
    }

    /** The notice that the click names. Shows the request again with what became of it. */
    public void sendAgain() {
        Long notice = Addressed.number("avis");
        String sent = notice == null || shown == null
                ? null
                : acts.once(
                        Clicked.key(key, notice),
                        () -> journal.sendAgain(shown.head().ref(), notice).orElse(null));
        if (sent == null) {
            notices.refuse(Words.of("requests.notices.notAgain"));
        } else {
            key.next();
            notices.tell(Words.of("requests.notices.sentAgain", sent));
        }
        noticeRows = shown == null ? List.of() : journal.ofRequest(shown.head().ref());
    }

    public List<NoticeRow> getNotices() {
        return noticeRows;
    }

    public void step(int by) {
        rows.beside(shown.head().ref().value(), by).ifPresent(this::show);
    }

    public boolean mayStep(int by) {
        return shown != null && rows.beside(shown.head().ref().value(), by).isPresent();
    }

    public void close() {
        shown = null;
    }

    public RequestType[] getTypes() {
        return RequestType.values();
    }

    public RequestState[] getStates() {
        return RequestState.values();
    }

    public GridRows<RequestRow, RequestSort> getRows() {
        return rows;
    }

    public RequestDetail getShown() {
        return shown;
    }

    public String getRef() {
        return ref;
    }

    public void setRef(String ref) {
        this.ref = ref;
    }

    public String getAccount() {
        return account;
    }

    public void setAccount(String account) {
        this.account = account;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public RequestType getType() {
        return type;
    }

    public void setType(RequestType type) {
        this.type = type;
    }

    public RequestState getState() {
        return state;
    }

    public void setState(RequestState state) {
        this.state = state;
    }

    public LocalDate getFrom() {
        return from;
    }

    public void setFrom(LocalDate from) {
        this.from = from;
    }

    public LocalDate getTo() {
        return to;
    }

    public void setTo(LocalDate to) {
        this.to = to;
    }
}
