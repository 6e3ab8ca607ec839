package fr.portailfamille.activity;

import java.util.Locale;

/** Where in France: some public holidays are kept in one region only. */
public enum HolidayRegion {
    METROPOLE,
    ALSACE_MOSELLE,
    GUADELOUPE,
    GUYANE,
    LA_REUNION,
    MARTINIQUE,
    MAYOTTE,
    SAINT_BARTHELEMY,
    SAINT_MARTIN,
    SAINT_PIERRE_ET_MIQUELON;

    /** By the name that the State's calendar gives it ({@code alsace-moselle}); those it has no days of its own for are the metropole. */
    public static HolidayRegion of(String name) {
        String constant = name.toUpperCase(Locale.ROOT).replace('-', '_');
        for (HolidayRegion region : values()) {
            if (region.name().equals(constant)) {
                return region;
            }
        }
        return METROPOLE;
    }
}
