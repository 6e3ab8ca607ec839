package fr.portailfamille.backoffice;

import fr.portailfamille.exchange.ExchangeKeyDesk;
import fr.portailfamille.exchange.KeyRow;
import fr.portailfamille.exchange.KeySort;
import fr.portailfamille.exchange.NewKey;
import fr.portailfamille.web.Notices;
import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;

/** « Clés d'échange »: made, shown once, revoked. */
@Named
@ViewScoped
public class KeysPage implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    private ExchangeKeyDesk desk;

    @Inject
    private Notices notices;

    private GridRows<KeyRow, KeySort> rows;
    private boolean making;
    private String name;
    /** Shown in the answer that made it; no session is stored with it. */
    private transient NewKey.Made made;

    private KeyRow leaving;

    @PostConstruct
    void open() {
        rows = new GridRows<>(
                KeySort.MADE,
                false,
                KeyRow::id,
                (sort, ascending, first, size) -> desk.page(sort, ascending, first, size));
    }

    public void begin() {
        close();
        making = true;
    }

    public void make() {
        NewKey asked = desk.make(name);
        if (asked instanceof NewKey.Made done) {
            close();
            made = done;
        } else {
            notices.refuse("name", Words.of("keys.taken"));
        }
    }

    /** Asks once, and says what it entails. */
    public void askToRevoke(KeyRow row) {
        close();
        leaving = row;
    }

    public void revoke() {
        boolean done = desk.revoke(leaving.id());
        notices.tell(Words.of(done ? "keys.revoked" : "keys.revoked.before", leaving.name()));
        close();
    }

    public void close() {
        making = false;
        name = null;
        made = null;
        leaving = null;
    }

    public GridRows<KeyRow, KeySort> getRows() {
        return rows;
    }

    public boolean isMaking() {
        return making;
    }

    public NewKey.Made getMade() {
        return made;
    }

    public KeyRow getLeaving() {
        return leaving;
    }

    public int getLongestName() {
        return ExchangeKeyDesk.LONGEST_NAME;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }
}
