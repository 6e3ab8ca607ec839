package fr.portailfamille.notice.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.portailfamille.notice.letter.MailTemplate;
import fr.portailfamille.notice.letter.RenderedMail;
import fr.portailfamille.notice.post.Delivery.Delivered;
import fr.portailfamille.notice.post.Delivery.Postponed;
import fr.portailfamille.notice.post.Delivery.Unreachable;
import fr.portailfamille.town.TownProfile;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A handful over several lines, against couriers that do as they are told. */
@Tag("P11")
@Timeout(30)
class SendingTest {

    private static final int MAILS = 40;
    private static final int LINES = 3;
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final TownProfile TOWN = new TownProfile(
            7,
            "saint-exemple",
            "Saint-Exemple",
            ZoneId.of("Europe/Paris"),
            "metropole",
            List.of(),
            "#0B5CAD",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            null);

    private final ExecutorService pool = Executors.newFixedThreadPool(LINES - 1);
    private final AtomicBoolean stop = new AtomicBoolean();
    private final Queue<Long> marked = new ConcurrentLinkedQueue<>();
    private final Queue<Long> notTaken = new ConcurrentLinkedQueue<>();
    private final List<Long> givenBack = new ArrayList<>();
    private final AtomicInteger endedUnmarked = new AtomicInteger();
    private final Queue<String> together = new ConcurrentLinkedQueue<>();
    private final List<Courier> couriers = new ArrayList<>();
    private DueNotices.Marker marker = (town, notice, at) -> marked.add(notice);

    @AfterEach
    void close() {
        pool.shutdownNow();
    }

    @Test
    void every_mail_leaves_once_over_all_lines_and_one_at_a_time_is_ended_and_not_noted() {
        CountDownLatch all = new CountDownLatch(LINES);
        Sending sending = sending((line, mail) -> {
            // None goes on before all lines are in use.
            all.countDown();
            await(all);
            return new Delivered();
        });
        sending.send();
        assertThat(marked).containsExactlyInAnyOrderElementsOf(numbers());
        assertThat(sending.left().get(7)).containsOnlyKeys(numbers());
        assertThat(together).as("mails that ended before the last was noted").isEmpty();
        assertThat(givenBack).isEmpty();
        assertThat(sending.unreachable()).isEmpty();
    }

    @Test
    void lines_that_the_server_refuses_leave_their_mail_to_the_others() {
        CountDownLatch others = new CountDownLatch(LINES - 1);
        Sending sending = sending((line, mail) -> {
            if (line > 0) {
                others.countDown();
                return new Unreachable("421 too many");
            }
            await(others);
            return new Delivered();
        });
        sending.send();
        assertThat(sending.unreachable()).isEmpty();
        assertThat(marked).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(MAILS - 2);
        assertThat(givenBack).hasSize(MAILS - marked.size());
        assertThat(sending.refused()).containsExactlyInAnyOrderElementsOf(couriers.subList(1, LINES));
    }

    @Test
    void a_server_that_refuses_every_line_is_unreachable_and_nothing_was_tried() {
        Sending sending = sending((line, mail) -> new Unreachable("refused"));
        sending.send();
        assertThat(sending.unreachable()).contains(new Unreachable("refused"));
        assertThat(sending.untried().stream().map(parcel -> parcel.due().notice()))
                .containsExactlyInAnyOrderElementsOf(numbers());
        assertThat(givenBack).isEmpty();
        assertThat(sending.left()).isEmpty();
    }

    @Test
    void after_a_mark_that_cannot_be_made_no_mail_ends_and_the_rest_is_given_back() {
        marker = (town, notice, at) -> {
            throw new IllegalStateException("no database");
        };
        Sending sending = sending((line, mail) -> new Delivered());
        assertThatThrownBy(sending::send).hasStackTraceContaining("no database");
        assertThat(sending.left().get(7)).as("left, and is noted so later").hasSize(1);
        assertThat(givenBack)
                .hasSize(MAILS - 1)
                .doesNotContainAnyElementsOf(sending.left().get(7).keySet());
    }

    @Test
    void a_fault_on_one_line_ends_the_others_and_loses_nothing() {
        Sending sending = sending((line, mail) -> {
            if (mail == 20) {
                throw new IllegalStateException("a fault of ours");
            }
            return new Delivered();
        });
        assertThatThrownBy(sending::send).isInstanceOf(IllegalStateException.class);
        List<Long> all = new ArrayList<>(marked);
        all.addAll(givenBack);
        assertThat(all).containsExactlyInAnyOrderElementsOf(numbers());
        assertThat(givenBack).contains(20L);
    }

    @Test
    void a_helper_that_is_gone_leaves_the_work_to_the_first_line() {
        pool.shutdown();
        Sending sending = sending((line, mail) -> new Delivered());
        assertThatThrownBy(sending::send).isInstanceOf(RuntimeException.class);
        assertThat(marked).containsExactlyInAnyOrderElementsOf(numbers());
    }

    @Test
    void other_answers_are_noted_and_hold_up_nothing() {
        Sending sending = sending((line, mail) -> mail % 2 == 0 ? new Postponed("451 later") : new Delivered());
        sending.send();
        assertThat(notTaken).hasSize(MAILS / 2).allMatch(mail -> mail % 2 == 0);
        assertThat(marked).hasSize(MAILS / 2).allMatch(mail -> mail % 2 == 1);
    }

    @Test
    void what_is_not_begun_when_the_server_stops_is_given_back() {
        Sending sending = sending((line, mail) -> {
            stop.set(true);
            return new Delivered();
        });
        sending.send();
        assertThat(marked).hasSizeBetween(1, LINES);
        assertThat(givenBack).hasSize(MAILS - marked.size());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Long> numbers() {
        return LongStream.rangeClosed(1, MAILS).boxed().toList();
    }

    /** @param answers of the server, by line and mail; what is taken was ended before */
    private Sending sending(BiFunction<Integer, Long, Delivery> answers) {
        for (int line = 0; line < LINES; line++) {
            couriers.add(courier(line, answers));
        }
        return new Sending(
                couriers,
                new PooledAside(pool, Runnable::run),
                stop::get,
                Clock.fixed(NOW, ZoneOffset.UTC),
                new Sending.Ledger() {
                    @Override
                    public void marking(Consumer<DueNotices.Marker> work) {
                        work.accept((town, notice, at) -> {
                            marker.left(town, notice, at);
                            endedUnmarked.decrementAndGet();
                        });
                    }

                    @Override
                    public void notTaken(Parcel parcel, Delivery answer) {
                        notTaken.add(parcel.due().notice());
                    }

                    @Override
                    public void giveBack(Collection<Parcel> parcels) {
                        parcels.forEach(parcel -> givenBack.add(parcel.due().notice()));
                    }
                },
                new Packing.Handful(numbers().stream().map(SendingTest::parcel).toList(), false, NOW.plusSeconds(60)));
    }

    private Courier courier(int line, BiFunction<Integer, Long, Delivery> answers) {
        return new Courier() {
            @Override
            public Delivery deliver(LetterMessage letter, Runnable beforeTheEnd) {
                long mail = Long.parseLong(letter.getSubject());
                Delivery answer = answers.apply(line, mail);
                if (answer instanceof Unreachable) {
                    return answer;
                }
                beforeTheEnd.run();
                if (answer instanceof Delivered && endedUnmarked.incrementAndGet() > 1) {
                    together.add(letter.toString());
                }
                return answer;
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    private static Parcel parcel(long number) {
        try {
            LetterMessage letter = LetterMessage.of(
                    Session.getInstance(new Properties()),
                    new Letter(
                            "<" + number + "@familles.example>",
                            "Saint-Exemple",
                            "portail@ville.example",
                            "parent" + number + "@essai.example",
                            new RenderedMail(Long.toString(number), "texte", "<p>texte</p>"),
                            NOW,
                            null));
            return new Parcel(
                    TOWN,
                    new NoticeDesk.Queued(
                            number, MailTemplate.DIGEST, "parent" + number + "@essai.example", "", new byte[0], 0, NOW),
                    letter,
                    null);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
