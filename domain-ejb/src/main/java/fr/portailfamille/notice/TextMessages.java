package fr.portailfamille.notice;

import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import fr.portailfamille.notice.letter.MailTemplate;
import fr.portailfamille.notice.letter.PortalAddress;
import fr.portailfamille.notice.letter.Wording;
import fr.portailfamille.town.TownDirectory;
import fr.portailfamille.town.TownProfile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Puts a short message beside a notice of how something ended, in the same transaction, for those who accept SMS: the
 * guardian or partner who bears the account's address, on the mobile that the business application keeps. It says that
 * there is news and where, and nothing about anybody: telephones are read over shoulders.
 */
@ApplicationScoped
class TextMessages {

    /** Whoever runs the portal has a contract with somebody who sends them. */
    private static final boolean GATEWAY =
            !System.getenv().getOrDefault("PORTAIL_SMS_URL", "").isBlank();

    private static final Set<MailTemplate> TOLD = Set.of(MailTemplate.DIGEST, MailTemplate.OUTCOME);

    /** Two messages long: what a town is called must not make it three. */
    private static final int LONGEST_NAME = 60;

    @Inject
    private CurrentTown town;

    @Inject
    private TownDirectory towns;

    @Inject
    private Database database;

    static boolean gatewayInstalled() {
        return GATEWAY;
    }

    private record Beside(long notice, String phone, String words) {}

    /** @param ids of the notices, in the order of the postings */
    void queue(List<Posting> postings, List<Long> ids, Instant now) {
        if (!GATEWAY || postings.stream().noneMatch(TextMessages::isTold) || !wanted()) {
            return;
        }
        Map<Long, Set<String>> phones = phones(postings.stream()
                .filter(TextMessages::isTold)
                .map(Posting::accountId)
                .filter(Objects::nonNull)
                .toList());
        TownProfile profile = towns.byId(town.id()).orElseThrow();
        List<Beside> messages = new ArrayList<>();
        for (int i = 0; i < postings.size(); i++) {
            Posting posting = postings.get(i);
            Long account = posting.accountId();
            if (isTold(posting) && account != null) {
                for (String phone : phones.getOrDefault(account, Set.of())) {
                    messages.add(new Beside(ids.get(i), phone, words(profile, posting)));
                }
            }
        }
        if (!messages.isEmpty()) {
            write(messages, now);
        }
    }

    /** What an agent sends again goes by e-mail alone, as it was asked for. */
    private static boolean isTold(Posting posting) {
        return TOLD.contains(posting.template()) && posting.repeats() == null;
    }

    boolean wanted() {
        return database.read(handle -> handle.createQuery(
                        "select exists (select from notice_settings where town_id = :town and sms)")
                .bind("town", town.id())
                .mapTo(Boolean.class)
                .one());
    }

    private Map<Long, Set<String>> phones(List<Long> accounts) {
        Map<Long, Set<String>> phones = new HashMap<>();
        database.read(handle -> handle.createQuery("""
                        select a.id, i.mobile
                          from citizen_account a
                          join subscription s on s.town_id = :town and s.account_id = a.id and s.ended_at is null
                          join business_account b
                            on b.town_id = :town and b.id = s.business_account_id and b.archived_at is null
                          join membership m
                            on m.town_id = :town and m.family_id = b.family_id and m.archived_at is null
                           and m.role in ('GUARDIAN', 'PARTNER')
                          join individual i
                            on i.town_id = :town and i.id = m.individual_id and i.archived_at is null
                           and lower(i.email) = a.email_key and i.accepts_sms and i.mobile is not null
                         where a.town_id = :town and a.id = any(:accounts)""")
                        .bind("town", town.id())
                        .bindArray("accounts", Long.class, new HashSet<>(accounts))
                        .map((row, context) -> Map.entry(row.getLong("id"), row.getString("mobile")))
                        .list())
                .forEach(each -> MobileNumber.of(each.getValue())
                        .ifPresent(phone -> phones.computeIfAbsent(each.getKey(), any -> new TreeSet<>())
                                .add(phone)));
        return phones;
    }

    private static String words(TownProfile town, Posting posting) {
        String name = town.name().length() > LONGEST_NAME ? town.name().substring(0, LONGEST_NAME) : town.name();
        String link = PortalAddress.configured().portal(town.code(), "mon-espace/mes-demandes");
        return posting.template() == MailTemplate.DIGEST
                ? Wording.french().say("sms.digest", name, link)
                : Wording.french()
                        .say("sms.outcome", name, String.valueOf(posting.model().get("reference")), link);
    }

    private void write(List<Beside> messages, Instant now) {
        List<Long> ids = database.read(
                handle -> handle.createQuery("select nextval('text_message_seq') from generate_series(1, :n)")
                        .bind("n", messages.size())
                        .mapTo(Long.class)
                        .list());
        database.write(handle -> {
            PreparedBatch rows = handle.prepareBatch("""
                    insert into text_message (town_id, id, notice_id, phone, words, key, state, next_attempt_at, created_at)
                    values (:town, :id, :notice, :phone, :words, :key, 'QUEUED', :now, :now)""");
            PreparedBatch due = handle.prepareBatch(
                    "insert into work_due (kind, town_id, item_id, due_at) values ('SMS', :town, :id, :now)");
            for (int i = 0; i < messages.size(); i++) {
                Beside message = messages.get(i);
                rows.bind("town", town.id())
                        .bind("id", ids.get(i))
                        .bind("notice", message.notice())
                        .bind("phone", message.phone())
                        .bind("words", message.words())
                        .bind("key", UUID.randomUUID())
                        .bind("now", now)
                        .add();
                due.bind("town", town.id())
                        .bind("id", ids.get(i))
                        .bind("now", now)
                        .add();
            }
            rows.execute();
            due.execute();
        });
    }
}
