package fr.portailfamille.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.isolation.Guest.Answer;
import fr.portailfamille.launcher.TestClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jsoup.Connection.KeyVal;
import org.jsoup.nodes.FormElement;

/** Tries addresses and forms with what is somebody else's, and counts what it tried. */
final class Sweep {

    /** What acts of a planning may be. */
    private static final List<String> ACTS = List.of("BOOK", "CANCEL", "WITHDRAW");

    private final SweptFamily other;
    private final String before;
    private int asked;

    /** @param other whom nothing that the sweep does may show or change */
    Sweep(SweptFamily other) throws SQLException {
        this.other = other;
        this.before = other.rows();
        assertThat(before).as("rows of the other family").contains("booking ", "citizen_account ", "request_line ");
    }

    int asked() {
        return asked;
    }

    /** Every value at once: what a page does not read it does not mind. */
    Answer open(Guest guest, String address, Map<String, String> values) {
        String query = values.entrySet().stream()
                .map(value -> value.getKey() + "=" + URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return harmless(guest.get(address + "?" + query));
    }

    /** Each button of each form of the page, with fields and hidden fields full of what is the other's. */
    void press(Guest guest, Answer page, Map<String, String> values) throws SQLException {
        for (FormElement form : page.forms()) {
            for (String button : Guest.buttons(form)) {
                for (Map<String, String> fields : variants(form, values)) {
                    harmless(guest.post(form.absUrl("action"), Guest.filled(form, button, fields)));
                }
            }
        }
        unchanged("pressing all buttons of " + page);
    }

    /** The state of a view, sent where it does not belong. */
    void send(Guest guest, String address, FormElement form, String viewState) throws SQLException {
        Map<String, String> values = new TreeMap<>(other.values());
        values.put("jakarta.faces.ViewState", viewState);
        for (String button : Guest.buttons(form)) {
            List<KeyVal> data = Guest.filled(form, button, values);
            // A form of theirs has their names in it, which an expired page would only repeat.
            data.stream().filter(pair -> other.isIn(pair.value())).forEach(pair -> pair.value("X"));
            harmless(guest.post(address, data));
        }
        unchanged("the state of " + form.baseUri() + " sent to " + address);
    }

    /** As the page's script and as somebody who tampers would fill the form in. */
    static List<Map<String, String>> variants(FormElement form, Map<String, String> values) {
        List<Map<String, String>> variants = new ArrayList<>();
        for (String act : form.select("[name=act]").isEmpty() ? List.of("") : ACTS) {
            Map<String, String> fields = new TreeMap<>(values);
            if (!act.isEmpty()) {
                fields.put("act", act);
                fields.put("key", UUID.randomUUID().toString());
                fields.put("shownAt", TestClock.now().toString());
            }
            variants.add(fields);
        }
        return variants;
    }

    Answer harmless(Answer answer) {
        asked++;
        assertThat(answer.status()).as(answer.toString()).isLessThan(500);
        assertThat(other.isIn(answer.body() + answer.location()))
                .as("names of another family in the answer to " + answer)
                .isFalse();
        return answer;
    }

    void unchanged(String after) throws SQLException {
        assertThat(other.rows()).as("rows of another family after " + after).isEqualTo(before);
    }
}
