package fr.portailfamille.notice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.common.TownVaults;
import fr.portailfamille.notice.letter.MailModel;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What became of a town's decisions, as its windows and the digests in its outbox say. The reason of each decision is its
 * place among those that were recorded, so that each line of a digest says which one it tells.
 */
final class ToldDecisions {

    /** Its place in the line of a digest, see {@code MailLine}. */
    private static final int REASON = 6;

    private final NoticeTown town;
    private final TownVaults vaults;
    private final String draw;

    /** @param draw how to come to the same decisions again, for whoever reads of a failure */
    ToldDecisions(NoticeTown town, TownVaults vaults, String draw) {
        this.town = town;
        this.vaults = vaults;
        this.draw = draw;
    }

    void windowsFollowOneAnother() throws SQLException {
        assertThat(town.value("""
                        select count(*)
                          from (select town_id, begins_at, lag(ends_at, 1, '-infinity') over (order by ends_at) as before
                                  from digest_window where town_id = %d) w
                         where begins_at <> before""".formatted(town.id())))
                .as("windows that do not begin where the one before them ends, %s", draw)
                .isEqualTo(0L);
        assertThat(town.count("digest_window where told_at is null")).isZero();
        assertThat(town.count("digest_window where forced")).isPositive();
        assertThat(town.count("digest_window where not forced")).isPositive();
    }

    void windowsCountWhatTheyTold(int decisions) throws SQLException {
        assertThat(town.value("select sum(decisions) from digest_window")).isEqualTo((long) decisions);
        assertThat(town.value("select sum(changes) from digest_window")).isEqualTo(0L);
        assertThat(town.rows("""
                        select ends_at
                          from digest_window w
                         where town_id = ?
                           and ((accounts, accounts) <> (select count(*), count(distinct account_id) from notice n
                                                          where n.town_id = w.town_id and n.window_ends_at = w.ends_at)
                                or decisions <> (select count(*) from decision d
                                                  where d.town_id = w.town_id and d.recorded_at > w.begins_at
                                                    and d.recorded_at <= w.ends_at))""", row -> NoticeTown.instant(row, 1)))
                .as("windows that told something else than they say, %s", draw)
                .isEmpty();
        assertThat(town.count("notice where state <> 'DECLINED'")).isZero();
    }

    void eachIsRecordedAtItsInstantOrRightAfterAWindow(List<Instant> instants) throws SQLException {
        Set<Instant> ends = town.windowEnds();
        List<Instant> atEnds = new ArrayList<>();
        List<Integer> late = new ArrayList<>();
        List<Integer> wrong = new ArrayList<>();
        for (Stored decision : stored()) {
            Instant meant = instants.get(decision.number());
            boolean rightAfter = ends.contains(decision.at().minusNanos(1000));
            if (ends.contains(decision.at())) {
                atEnds.add(meant);
            }
            if (decision.at().isAfter(meant) && rightAfter) {
                late.add(decision.number());
            } else if (!decision.at().equals(meant)) {
                wrong.add(decision.number());
            }
        }
        assertThat(wrong).as(draw).isEmpty();
        assertThat(late).as("too late for the window they had in mind").isNotEmpty();
        assertThat(atEnds).as("of the very instant at which a window ends").isNotEmpty();
    }

    void eachIsReadInOneNotice(int count) throws SQLException {
        List<Stored> decisions = stored();
        assertThat(decisions).hasSize(count);
        TreeSet<Instant> ends = town.windowEnds();
        int[] told = new int[count];
        List<String> elsewhere = new ArrayList<>();
        for (Notice notice : notices()) {
            for (int number : notice.numbers()) {
                Stored decision = decisions.get(number);
                told[number]++;
                boolean ofWindow = notice.windowEnd().equals(ends.ceiling(decision.at()));
                if (!ofWindow || decision.account() != notice.account()) {
                    elsewhere.add(decision + " in the digest of " + notice.account() + " at " + notice.windowEnd());
                }
            }
        }
        assertThat(IntStream.range(0, count)
                        .filter(number -> told[number] != 1)
                        .mapToObj(number -> told[number] + " times " + decisions.get(number)))
                .as("decisions not told once, %s", draw)
                .isEmpty();
        assertThat(elsewhere).as(draw).isEmpty();
        assertThat(town.rows(
                        "select count(*), count(distinct decision_id) from decision_told where town_id = ?",
                        row -> List.of(row.getInt(1), row.getInt(2))))
                .as("as the portal shows them, %s", draw)
                .containsExactly(List.of(count, count));
    }

    /** A decision as the database has it, with its place in the draw. */
    private record Stored(int number, long account, Instant at) {}

    private List<Stored> stored() throws SQLException {
        return town.rows(
                "select reason::int as number, account_id, recorded_at from decision where town_id = ? order by number",
                row -> new Stored(row.getInt(1), row.getLong(2), NoticeTown.instant(row, 3)));
    }

    /** A digest as its account reads it: of which decisions it tells. */
    private record Notice(long account, Instant windowEnd, List<Integer> numbers) {}

    private List<Notice> notices() throws SQLException {
        return town.rows(
                "select id, account_id, window_ends_at, model_enc from notice where town_id = ?",
                row -> new Notice(
                        row.getLong(2), NoticeTown.instant(row, 3), numbers(row.getLong(1), row.getBytes(4))));
    }

    private List<Integer> numbers(long notice, byte[] model) {
        String json = vaults.of(town.id()).decrypt(Notices.place(notice), model);
        List<Integer> numbers = new ArrayList<>();
        for (Object line : (List<?>) MailModel.read(json).get("lines")) {
            numbers.add(Integer.parseInt((String) ((List<?>) line).get(REASON)));
        }
        return numbers;
    }
}
