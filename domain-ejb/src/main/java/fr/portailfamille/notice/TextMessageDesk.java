package fr.portailfamille.notice;

import fr.portailfamille.common.ChangeLog;
import fr.portailfamille.common.CurrentTown;
import fr.portailfamille.common.Database;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** « Notifications »: whether the town's families are told by SMS too. */
@Stateless
@RolesAllowed("MENU_NOTIFICATIONS")
public class TextMessageDesk {

    @Resource
    private SessionContext context;

    @Inject
    private CurrentTown town;

    @Inject
    private Database database;

    @Inject
    private TextMessages messages;

    @Inject
    private ChangeLog changes;

    /** Whether whoever runs the portal has installed a gateway; without one nothing is sent, whatever a town wishes. */
    public boolean gatewayInstalled() {
        return TextMessages.gatewayInstalled();
    }

    public boolean on() {
        return messages.wanted();
    }

    /** From now on: what is under way stays under way. */
    public void turn(boolean on) {
        boolean before = on();
        if (before == on) {
            return;
        }
        database.write(handle ->
                handle.createUpdate("""
                        insert into notice_settings (town_id, sms) values (:town, :on)
                        on conflict (town_id) do update set sms = excluded.sms""").bind("town", town.id()).bind("on", on).execute());
        changes.changed(
                context.getCallerPrincipal().getName(),
                "notice_settings",
                town.id(),
                "sms",
                Boolean.toString(before),
                Boolean.toString(on));
    }
}
