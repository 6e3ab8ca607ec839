package fr.portailfamille.activity;

import java.time.LocalDate;
import java.time.Month;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Public holidays of a French region (Code du travail, L3133-1; L3134-13 for Alsace and Moselle; L3422-2 for overseas).
 * Computed, so that no calendar needs to be kept up to date; a test compares with the official one. Safe for several threads.
 */
public final class PublicHolidays {

    private static final ConcurrentMap<HolidayRegion, PublicHolidays> BY_REGION = new ConcurrentHashMap<>();

    private final HolidayRegion region;
    private final ConcurrentMap<Integer, Map<LocalDate, String>> years = new ConcurrentHashMap<>();

    private PublicHolidays(HolidayRegion region) {
        this.region = region;
    }

    public static PublicHolidays of(HolidayRegion region) {
        return BY_REGION.computeIfAbsent(region, PublicHolidays::new);
    }

    /** The French name of the holiday that the day is, if it is one. */
    public Optional<String> on(LocalDate day) {
        return Optional.ofNullable(
                years.computeIfAbsent(day.getYear(), this::compute).get(day));
    }

    Map<LocalDate, String> of(int year) {
        return years.computeIfAbsent(year, this::compute);
    }

    private Map<LocalDate, String> compute(int year) {
        Map<LocalDate, String> days = new TreeMap<>();
        LocalDate easter = easter(year);
        days.put(LocalDate.of(year, Month.JANUARY, 1), "1er janvier");
        days.put(easter.plusDays(1), "Lundi de Pâques");
        days.put(LocalDate.of(year, Month.MAY, 1), "1er mai");
        days.put(LocalDate.of(year, Month.MAY, 8), "8 mai");
        days.put(easter.plusDays(39), "Ascension");
        days.put(easter.plusDays(50), "Lundi de Pentecôte");
        days.put(LocalDate.of(year, Month.JULY, 14), "14 juillet");
        days.put(LocalDate.of(year, Month.AUGUST, 15), "Assomption");
        days.put(LocalDate.of(year, Month.NOVEMBER, 1), "Toussaint");
        days.put(LocalDate.of(year, Month.NOVEMBER, 11), "11 novembre");
        days.put(LocalDate.of(year, Month.DECEMBER, 25), "Jour de Noël");
        addRegional(days, year, easter);
        return days;
    }

    private void addRegional(Map<LocalDate, String> days, int year, LocalDate easter) {
        switch (region) {
            case ALSACE_MOSELLE -> {
                days.put(easter.minusDays(2), "Vendredi saint");
                days.put(LocalDate.of(year, Month.DECEMBER, 26), "2ème jour de Noël");
            }
            case MAYOTTE -> abolition(days, LocalDate.of(year, Month.APRIL, 27));
            case MARTINIQUE -> abolition(days, LocalDate.of(year, Month.MAY, 22));
            case GUADELOUPE -> abolition(days, LocalDate.of(year, Month.MAY, 27));
            case SAINT_MARTIN -> abolition(days, LocalDate.of(year, Month.MAY, 28));
            case GUYANE -> abolition(days, LocalDate.of(year, Month.JUNE, 10));
            case SAINT_BARTHELEMY -> abolition(days, LocalDate.of(year, Month.OCTOBER, 9));
            case LA_REUNION -> abolition(days, LocalDate.of(year, Month.DECEMBER, 20));
            case METROPOLE, SAINT_PIERRE_ET_MIQUELON -> {
                // Nothing of their own.
            }
        }
    }

    private static void abolition(Map<LocalDate, String> days, LocalDate day) {
        days.put(day, "Abolition de l'esclavage");
    }

    /** Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher). */
    static LocalDate easter(int year) {
        int golden = year % 19;
        int century = year / 100;
        int inCentury = year % 100;
        int correction = (century - (century + 8) / 25 + 1) / 3;
        int epact = (19 * golden + century - century / 4 - correction + 15) % 30;
        int weekday = (32 + 2 * (century % 4) + 2 * (inCentury / 4) - epact - inCentury % 4) % 7;
        int late = (golden + 11 * epact + 22 * weekday) / 451;
        int march = epact + weekday - 7 * late + 114;
        return LocalDate.of(year, march / 31, march % 31 + 1);
    }
}
