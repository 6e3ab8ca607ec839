package fr.portailfamille.family;

import fr.portailfamille.common.Caller;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Which families a caller may see: those of the business accounts that the citizen account is subscribed to. Works in
 * the running transaction; boundaries ask it instead of taking a family from a parameter.
 */
@ApplicationScoped
public class CallerFamilies {

    private static final String FAMILIES = """
            select b.family_id
              from subscription s
              join business_account b
                on b.town_id = :town and b.id = s.business_account_id and b.archived_at is null
             where s.town_id = :town and s.account_id = :account and s.ended_at is null
               and b.family_id is not null""";

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    /** Empty without a subscription, and for callers who are no citizens. */
    public Set<Long> familiesOf(Caller caller) {
        return isCitizenHere(caller)
                ? database.read(
                        handle -> Set.copyOf(handle.createQuery("select distinct f.family_id from (" + FAMILIES + ") f")
                                .bind("town", town.id())
                                .bind("account", caller.id())
                                .mapTo(Long.class)
                                .list()))
                : Set.of();
    }

    /** The children of those families, the eldest first; a child of two of them once. */
    public List<Child> childrenOf(Caller caller) {
        return isCitizenHere(caller) ? database.read(handle -> children(handle, caller)) : List.of();
    }

    private List<Child> children(Handle handle, Caller caller) {
        List<Child> children = new ArrayList<>();
        handle.createQuery("""
                        select i.id, i.first_name, i.last_name, bool_and(m.access = 'READ') as read_only
                          from membership m
                          join individual i on i.town_id = :town and i.id = m.individual_id and i.archived_at is null
                         where m.town_id = :town and m.role = 'CHILD' and m.access <> 'NONE'
                           and m.archived_at is null and m.family_id in (%s)
                         group by i.id, i.first_name, i.last_name, i.birth_date
                         order by i.birth_date nulls last, i.id""".formatted(FAMILIES))
                .bind("town", town.id())
                .bind("account", caller.id())
                .map((row, context) -> new Child(
                        row.getLong("id"),
                        row.getString("first_name"),
                        row.getString("last_name"),
                        children.size() % Child.COLOURS + 1,
                        row.getBoolean("read_only")))
                .forEach(children::add);
        return children;
    }

    private boolean isCitizenHere(Caller caller) {
        return caller.kind() == Caller.Kind.CITIZEN && caller.town() == town.id();
    }
}
