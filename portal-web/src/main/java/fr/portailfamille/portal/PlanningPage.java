package fr.portailfamille.portal;

import fr.portailfamille.activity.Catalogue.AbsenceReason;
import fr.portailfamille.booking.FamilyPlanning;
import fr.portailfamille.booking.Week;
import fr.portailfamille.portal.PlanningCells.ChildRows;
import fr.portailfamille.portal.PlanningCells.Day;
import fr.portailfamille.web.TownContext;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** P8: the planning of a week. What is asked for in it goes through {@link PlanningActs}. */
@Named
@RequestScoped
public class PlanningPage {

    private static final String WEEK = "semaine";
    private static final String FIVE = "semaine5j";
    private static final String DAY = "jour";
    private static final Set<String> VIEWS = Set.of(WEEK, FIVE, DAY);

    @Inject
    private FamilyPlanning planning;

    @Inject
    private TownContext town;

    @Inject
    private Clock clock;

    private LocalDate day;
    private String view;
    private Week week;
    private PlanningWording wording;

    @PostConstruct
    void read() {
        Map<String, String> sent =
                FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
        wording = new PlanningWording(town.getProfile().zone(), clock.instant());
        view = VIEWS.contains(sent.getOrDefault("vue", "")) ? sent.get("vue") : WEEK;
        day = day(sent.getOrDefault("jour", ""));
    }

    private LocalDate day(String sent) {
        try {
            LocalDate wanted = LocalDate.parse(sent);
            return Math.abs(wanted.getYear() - wording.today().getYear()) > 10 ? start() : wanted;
        } catch (DateTimeParseException e) {
            return start();
        }
    }

    /** At the weekend, the week that begins is the one of interest. */
    private LocalDate start() {
        LocalDate today = wording.today();
        return today.getDayOfWeek().getValue() > DayOfWeek.FRIDAY.getValue()
                ? today.with(TemporalAdjusters.next(DayOfWeek.MONDAY))
                : today;
    }

    private Week week() {
        if (week == null) {
            week = planning.week(day);
        }
        return week;
    }

    /** Nothing on a postback: it answers with the cells of the day alone and must not load the page. */
    public List<ChildRows> getChildren() {
        return isPostback() ? List.of() : new PlanningCells(wording).children(week());
    }

    public List<Day> getDays() {
        return isPostback() ? List.of() : new PlanningCells(wording).days(week(), day);
    }

    public List<AbsenceReason> getAbsenceReasons() {
        return isPostback() ? List.of() : week().absenceReasons();
    }

    private static boolean isPostback() {
        return FacesContext.getCurrentInstance().isPostback();
    }

    public boolean isWithoutChildren() {
        return !isPostback() && week().children().isEmpty();
    }

    public boolean isNothing() {
        return isPostback()
                || week().children().stream().allMatch(child -> child.rows().isEmpty());
    }

    /** Every activity of the week once, by name, for the chips. */
    public List<Map.Entry<Long, String>> getActivities() {
        return week().children().stream()
                .flatMap(child -> child.rows().stream())
                .map(row -> Map.entry(row.activity(), row.name()))
                .distinct()
                .toList();
    }

    public String getShownAt() {
        return week().shownAt().toString();
    }

    public String getTitle() {
        LocalDate monday = monday();
        return switch (view) {
            case DAY -> PlanningWording.range(day, day);
            case FIVE -> PlanningWording.range(monday, monday.plusDays(4));
            default -> PlanningWording.range(monday, monday.plusDays(6));
        };
    }

    public String getWeekNumber() {
        return PlanningWording.say("weekNumber", day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }

    /** « en cas d'urgence … appelez le … », where the town has a number. */
    public String getCall() {
        return call("help.call");
    }

    public String getCallFromSheet() {
        return call("call");
    }

    private String call(String key) {
        String phone = town.getProfile().servicePhone();
        String hours = town.getProfile().serviceHours();
        if (phone == null) {
            return "";
        }
        return hours == null ? PlanningWording.say(key, phone) : PlanningWording.say(key + ".hours", phone, hours);
    }

    public String getPrevious() {
        return url(DAY.equals(view) ? day.minusDays(1) : day.minusWeeks(1), view);
    }

    public String getNext() {
        return url(DAY.equals(view) ? day.plusDays(1) : day.plusWeeks(1), view);
    }

    public String getToday() {
        return url(wording.today(), view);
    }

    public String getHere() {
        return url(day, view);
    }

    public String seenAs(String other) {
        return url(day, other);
    }

    public String on(String other) {
        return url(LocalDate.parse(other), view);
    }

    private String url(LocalDate when, String as) {
        return town.url("espace-famille/activites?jour=" + when + "&vue=" + as);
    }

    public String getView() {
        return view;
    }

    /** Those of the table that show: hidden ones must not be counted, or the table keeps room for them. */
    public int getColumns() {
        return switch (view) {
            case DAY -> 2;
            case FIVE -> 6;
            default -> 8;
        };
    }

    public boolean isByDay() {
        return DAY.equals(view);
    }

    public String getDay() {
        return day.toString();
    }

    private LocalDate monday() {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
