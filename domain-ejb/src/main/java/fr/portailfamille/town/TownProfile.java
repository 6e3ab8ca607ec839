package fr.portailfamille.town;

import java.io.Serializable;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What everybody may know of a town: how it is called, looks, signs its e-mails and can be reached.
 *
 * @param senderAddress no-reply address of its e-mails; null leaves it to the server's mail session
 * @param digestHours hours of the day, in the town's zone, at which digests of decisions leave
 */
public record TownProfile(
        int id,
        String code,
        String name,
        ZoneId zone,
        String holidayRegion,
        List<LocalTime> digestHours,
        String brandColour,
        String senderName,
        String servicePhone,
        String serviceHours,
        String postalAddress,
        String website,
        String receiptText,
        String outcomeText,
        @Nullable String senderAddress)
        implements Serializable {}
