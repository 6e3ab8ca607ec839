package fr.portailfamille.notice.digest;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.notice.Addressee;
import fr.portailfamille.notice.Posting;
import fr.portailfamille.notice.letter.MailLine;
import fr.portailfamille.notice.letter.MailLine.Action;
import fr.portailfamille.notice.letter.MailLine.State;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("P11")
class DigestMailsTest {

    private final List<Integer> handfuls = new ArrayList<>();
    private final List<Posting> posted = new ArrayList<>();
    private final DigestMails mails = new DigestMails(
            batch -> {
                handfuls.add(batch.size());
                posted.addAll(batch.values());
            },
            2);

    @Test
    void one_mail_per_digest_with_all_its_lines_some_at_a_time() {
        for (int digest = 1; digest <= 5; digest++) {
            for (int line = 0; line < digest; line++) {
                mails.add(line(digest));
            }
        }
        assertThat(mails.finish()).isEqualTo(5);
        assertThat(handfuls).containsExactly(2, 2, 1);
        assertThat(posted).extracting(Posting::accountId).containsExactly(101L, 102L, 103L, 104L, 105L);
        assertThat(posted)
                .extracting(posting -> ((List<?>) posting.model().get("lines")).size())
                .containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void nothing_to_say_writes_nothing() {
        assertThat(mails.finish()).isZero();
        assertThat(handfuls).isEmpty();
    }

    private static DigestLine line(int digest) {
        return new DigestLine(
                digest,
                new Addressee(100 + digest, "parent@example.invalid", "M", "Paul", "PETIT"),
                new MailLine(
                        "Léo",
                        LocalDate.of(2026, 11, 23),
                        LocalTime.of(16, 30),
                        Action.BOOK,
                        "4/Péri SOIR",
                        State.ACCEPTED,
                        null,
                        null));
    }
}
