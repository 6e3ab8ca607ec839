package fr.portailfamille.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

    private static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");

    @Test
    void all_lines_open_is_in_progress_with_nothing_decided() {
        Request request = request(10);

        assertThat(request.state()).isEqualTo(RequestState.IN_PROGRESS);
        assertThat(request.decidedCount()).isZero();
    }

    @Test
    void counts_what_was_decided_of_its_lines() {
        Request request = request(10);

        for (int line = 1; line <= 3; line++) {
            request.decide(LineDecision.accepted(1, line), NOW, false);
        }

        assertThat(request.state()).isEqualTo(RequestState.IN_PROGRESS);
        assertThat(request.decidedCount()).isEqualTo(3);
        assertThat(request.unseenEvents()).isEqualTo(3);
    }

    @Test
    void what_the_family_sees_happen_is_no_news() {
        Request request = request(1);

        request.decide(LineDecision.accepted(1, 1), NOW, true);

        assertThat(request.unseenEvents()).isZero();
        assertThat(request.state()).isEqualTo(RequestState.ACCEPTED);
    }

    @ParameterizedTest
    @CsvSource({
        "'ACCEPTED', ACCEPTED",
        "'ACCEPTED ACCEPTED', ACCEPTED",
        "'ACCEPTED REFUSED', PARTLY_ACCEPTED",
        "'ACCEPTED WITHDRAWN', ACCEPTED",
        "'REFUSED', REFUSED",
        "'REFUSED WITHDRAWN', REFUSED",
        "'WITHDRAWN WITHDRAWN', WITHDRAWN",
        "'ACCEPTED TRANSMITTED', IN_PROGRESS",
        "'ACCEPTED WAITLISTED', IN_PROGRESS",
        "'SUBMITTED', IN_PROGRESS",
    })
    void its_state_follows_from_its_lines(String lines, RequestState expected) {
        List<LineState> states =
                List.of(lines.split(" ")).stream().map(LineState::valueOf).toList();

        assertThat(RequestState.of(states)).isEqualTo(expected);
    }

    @Test
    void the_same_decision_again_changes_nothing() {
        Request request = request(1);
        request.decide(LineDecision.refused(1, 1, "FULL", "Complet"), NOW, false);

        boolean changed = request.decide(LineDecision.refused(1, 1, "FULL", "Complet"), NOW, false);

        assertThat(changed).isFalse();
        assertThat(request.unseenEvents()).isEqualTo(1);
    }

    @Test
    void another_decision_is_applied_and_is_news_again() {
        Request request = request(1);
        request.decide(LineDecision.refused(1, 1, "FULL", "Complet"), NOW, false);

        boolean changed = request.decide(LineDecision.accepted(1, 1), NOW, false);

        assertThat(changed).isTrue();
        assertThat(request.state()).isEqualTo(RequestState.ACCEPTED);
        assertThat(request.unseenEvents()).isEqualTo(2);
    }

    @Test
    void a_decision_does_not_revive_what_the_family_withdrew() {
        Request request = request(2);
        request.withdraw(1);

        boolean changed = request.decide(LineDecision.accepted(1, 1), NOW, false);

        assertThat(changed).isFalse();
        assertThat(request.line(1).state()).isEqualTo(LineState.WITHDRAWN);
    }

    @Test
    void what_was_decided_cannot_be_withdrawn() {
        Request request = request(1);
        request.decide(LineDecision.accepted(1, 1), NOW, false);

        assertThatThrownBy(() -> request.withdraw(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nothing_leaves_withdrawn_and_nothing_returns_to_submitted() {
        assertThat(LineState.WITHDRAWN.next()).isEmpty();
        for (LineState state : LineState.values()) {
            assertThat(state.next()).doesNotContain(LineState.SUBMITTED);
        }
        assertThat(EnumSet.allOf(LineState.class))
                .allSatisfy(state -> assertThatThrownBy(() -> state.to(LineState.SUBMITTED))
                        .isInstanceOf(IllegalStateException.class));
    }

    @Test
    void references_are_of_the_year_and_without_letters_that_look_alike() {
        RequestRef ref = RequestRef.draw(2026, new Random(1));

        assertThat(ref.value()).matches("2026-[0-9A-HJKMNP-TV-Z]{10}");
    }

    @Test
    void a_reference_may_be_typed_in_small_letters() {
        assertThat(RequestRef.of(" 2026-0123456abc ")).contains(new RequestRef("2026-0123456ABC"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2026", "2026-0123456ILO", "2026-0123456AB", "26-0123456ABC", "2026-0123456ABC'"})
    void other_texts_are_no_references(String text) {
        assertThat(RequestRef.of(text)).isEmpty();
    }

    private static Request request(int lines) {
        NewLine.Booking line = new NewLine.Booking(LineAction.BOOK, 1, 2, LocalDate.of(2026, 11, 30), null, null);
        NewRequest asked = new NewRequest(
                UUID.randomUUID(),
                1,
                1L,
                RequestType.BOOKING,
                RequestOrigin.FAMILY,
                NOW,
                Collections.nCopies(lines, line));
        return new Request(1, 1, new RequestRef("2026-0123456789"), asked);
    }
}
