package fr.portailfamille.town;

import java.io.Serializable;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/**
 * What everybody may know of a town: how it is called, looks, signs its e-mails and can be reached.
 *
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
        String outcomeText)
        implements Serializable {}
