package fr.portailfamille.portal;

import fr.portailfamille.common.FrenchDays;
import fr.portailfamille.family.Child;
import fr.portailfamille.family.MyFamilies;
import fr.portailfamille.family.UpcomingBooking;
import fr.portailfamille.notice.MyMail;
import fr.portailfamille.request.MyRequests;
import fr.portailfamille.web.Notices;
import fr.portailfamille.web.TownContext;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** P1, signed in: what is to do, and a card per child with today and the next days that have something. */
@Named
@RequestScoped
public class HomePage {

    private static final int DAYS_AHEAD = 7;
    private static final int DAYS_SHOWN = 3;
    private static final DateTimeFormatter DAY = FrenchDays.as("EEEE d MMMM");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final Map<String, String> ICONS = Map.of(
            "BOOKED",
            "check",
            "BOOKING_PENDING",
            "hourglass",
            "ABSENCE_PENDING",
            "hourglass",
            "ABSENT",
            "absent",
            "WAITLISTED",
            "queue");
    private static final Map<String, String> TONES = Map.of(
            "BOOKED",
            "good",
            "BOOKING_PENDING",
            "pending",
            "ABSENCE_PENDING",
            "pending",
            "ABSENT",
            "absent",
            "WAITLISTED",
            "waiting");

    /** One booking of a day. */
    public record Booking(String activity, String hours, String state, String icon, String tone) {}

    /** A day of a child's card. */
    public record Day(String name, List<Booking> bookings) {}

    /** The card of a child. */
    public record ChildCard(String firstName, String initials, int colour, List<Day> days) {}

    @Inject
    private MyFamilies families;

    @Inject
    private MyRequests requests;

    @Inject
    private MyMail mail;

    @Inject
    private Notices notices;

    @Inject
    private TownContext town;

    @Inject
    private Clock clock;

    private long news;
    private boolean subscribed;
    private String silentAddress;
    private List<ChildCard> children;

    @PostConstruct
    void load() {
        LocalDate today = LocalDate.now(clock);
        news = requests.withNews();
        subscribed = families.subscribed();
        silentAddress = mail.silentAddress().orElse(null);
        List<UpcomingBooking> upcoming = families.upcoming(today, today.plusDays(DAYS_AHEAD));
        children = families.children().stream()
                .map(child -> card(child, today, upcoming))
                .toList();
    }

    private static ChildCard card(Child child, LocalDate today, List<UpcomingBooking> upcoming) {
        List<UpcomingBooking> own = upcoming.stream()
                .filter(booking -> booking.child() == child.id())
                .toList();
        SortedSet<LocalDate> dates = new TreeSet<>();
        own.forEach(booking -> dates.add(booking.day()));
        dates.add(today);
        List<Day> days = new ArrayList<>();
        dates.stream()
                .limit(DAYS_SHOWN)
                .forEach(date -> days.add(new Day(
                        name(date, today),
                        own.stream()
                                .filter(booking -> booking.day().equals(date))
                                .map(HomePage::booking)
                                .toList())));
        return new ChildCard(child.firstName(), child.initials(), child.colour(), days);
    }

    private static Booking booking(UpcomingBooking booking) {
        return new Booking(
                booking.activity(),
                TIME.format(booking.start()) + " – " + TIME.format(booking.end()),
                booking.state(),
                ICONS.getOrDefault(booking.state(), "info"),
                TONES.getOrDefault(booking.state(), "closed"));
    }

    private static String name(LocalDate date, LocalDate today) {
        String day = DAY.format(date);
        if (date.equals(today)) {
            return Texts.of("home.today") + ", " + day;
        }
        return date.equals(today.plusDays(1))
                ? Texts.of("home.tomorrow") + ", " + day
                : Character.toUpperCase(day.charAt(0)) + day.substring(1);
    }

    public long getNews() {
        return news;
    }

    /** The account's address, when mail to it came back. */
    public String getSilentAddress() {
        return silentAddress;
    }

    public void addressWorks() throws IOException {
        mail.worksAgain();
        notices.tell(Texts.of("home.silent.thanks"));
        FacesContext.getCurrentInstance().getExternalContext().redirect(town.url("accueil"));
    }

    public boolean isSubscribed() {
        return subscribed;
    }

    public boolean isNothingToDo() {
        return news == 0 && subscribed && silentAddress == null;
    }

    public List<ChildCard> getChildren() {
        return children;
    }
}
