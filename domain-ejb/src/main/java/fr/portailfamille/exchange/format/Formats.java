package fr.portailfamille.exchange.format;

import fr.portailfamille.exchange.format.FileFormat.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All files of all flows: the one place that says which columns there are. Parents stand before what refers to them. */
public final class Formats {

    private static final int STREET = 200;
    private static final int NOTE = 1_000;
    private static final int LONG_TEXT = 4_000;

    private static final Map<Flow, List<FileFormat>> FILES = Map.of(
            Flow.REFERENCE, reference(),
            Flow.INDIVIDUALS, individuals(),
            Flow.REGISTRATIONS, registrations(),
            Flow.BOOKINGS, bookings());

    private Formats() {}

    public static List<FileFormat> of(Flow flow) {
        return FILES.getOrDefault(flow, List.of());
    }

    public static Optional<FileFormat> of(Flow flow, String file) {
        return of(flow).stream().filter(format -> format.name().equals(file)).findFirst();
    }

    /** The file by its name, whatever its flow. */
    public static FileFormat named(String file) {
        return FILES.values().stream()
                .flatMap(List::stream)
                .filter(format -> format.name().equals(file))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such file: " + file));
    }

    private static List<FileFormat> reference() {
        return List.of(
                byRef(
                        "regies.csv",
                        "regie",
                        "regie_ref",
                        text("name").must(),
                        text("issuer").must(),
                        text("payfip_client")),
                byRef(
                        "facilities.csv",
                        "facility",
                        "facility_ref",
                        text("name").must(),
                        word("kind", "school", "leisure_centre", "nursery", "canteen", "other")
                                .must(),
                        text("uai"),
                        text("street").upTo(STREET),
                        text("postcode"),
                        text("city"),
                        of("phone", Kind.PHONE),
                        of("email", Kind.EMAIL)),
                byRef(
                        "classes.csv",
                        "school_class",
                        "class_ref",
                        link("facility_ref", "facilities.csv", "facility_id").must(),
                        of("school_year", Kind.SCHOOL_YEAR).must(),
                        text("name").must(),
                        text("level")),
                byRef(
                        "activities.csv",
                        "activity",
                        "activity_ref",
                        text("name").must(),
                        word(
                                        "kind",
                                        "canteen",
                                        "before_school",
                                        "after_school",
                                        "wednesday",
                                        "holiday",
                                        "nursery",
                                        "other")
                                .must(),
                        link("regie_ref", "regies.csv", "regie_id"),
                        word("decision", "automatic", "business").must(),
                        of("tax_certificate", Kind.BOOL).orElse("0"),
                        text("description").upTo(LONG_TEXT),
                        of("sort_order", Kind.INTEGER)),
                new FileFormat(
                        "schedules.csv",
                        "schedule",
                        "place_seq",
                        Trait.PLAIN,
                        List.of(ref("schedule_ref")),
                        List.of(
                                ref("schedule_ref"),
                                link("activity_ref", "activities.csv", "activity_id")
                                        .must(),
                                link("facility_ref", "facilities.csv", "facility_id")
                                        .must(),
                                of("start_time", Kind.TIME).must(),
                                of("end_time", Kind.TIME).must(),
                                of("weekdays", Kind.WEEKDAYS),
                                of("capacity", Kind.COUNT),
                                of("valid_from", Kind.DATE).must(),
                                of("valid_to", Kind.DATE).must())),
                byKey(
                        "schedule_dates.csv",
                        "schedule_date",
                        Trait.PLAIN,
                        2,
                        link("schedule_ref", "schedules.csv", "schedule_id").must(),
                        of("date", Kind.DATE).into("day").must(),
                        of("open", Kind.BOOL).must(),
                        of("capacity", Kind.COUNT)),
                new FileFormat(
                        "pools.csv",
                        "pool",
                        "place_seq",
                        Trait.PLAIN,
                        List.of(ref("pool_ref")),
                        List.of(
                                ref("pool_ref"),
                                text("name").must(),
                                of("capacity", Kind.COUNT).must())),
                byKey(
                        "pool_schedules.csv",
                        "pool_schedule",
                        Trait.PLAIN,
                        2,
                        link("pool_ref", "pools.csv", "pool_id").must(),
                        link("schedule_ref", "schedules.csv", "schedule_id").must()),
                byKey(
                        "pool_dates.csv",
                        "pool_date",
                        Trait.PLAIN,
                        2,
                        link("pool_ref", "pools.csv", "pool_id").must(),
                        of("date", Kind.DATE).into("day").must(),
                        of("capacity", Kind.COUNT).must()),
                byRef(
                        "periods.csv",
                        "period",
                        "period_ref",
                        text("name").must(),
                        word("kind", "school_year", "term", "holidays", "other").must(),
                        of("start", Kind.DATE).into("start_day").must(),
                        of("end", Kind.DATE).into("end_day").must(),
                        link("activity_ref", "activities.csv", "activity_id"),
                        of("bookable_from", Kind.INSTANT),
                        of("bookable_until", Kind.INSTANT)),
                byRef(
                        "closures.csv",
                        "closure",
                        "closure_ref",
                        of("start", Kind.DATE).into("start_day").must(),
                        of("end", Kind.DATE).into("end_day").must(),
                        text("reason").upTo(NOTE).must(),
                        link("facility_ref", "facilities.csv", "facility_id"),
                        link("activity_ref", "activities.csv", "activity_id")),
                byKey(
                        "incompatibilities.csv",
                        "incompatibility",
                        Trait.UNORDERED_PAIR,
                        2,
                        link("activity_ref", "activities.csv", "activity_id").must(),
                        link("excluded_activity_ref", "activities.csv", "excluded_activity_id")
                                .must()),
                byRef(
                        "booking_rules.csv",
                        "booking_rule",
                        "rule_ref",
                        link("activity_ref", "activities.csv", "activity_id").must(),
                        word("action", "book", "cancel").must(),
                        of("weekday", Kind.WEEKDAY),
                        word("kind", "days_before", "week_before", "month_before", "fixed")
                                .must(),
                        of("n", Kind.COUNT),
                        word("day_kind", "calendar", "working", "service"),
                        of("at_weekday", Kind.WEEKDAY),
                        of("at_day", Kind.MONTH_DAY),
                        of("at_time", Kind.TIME),
                        of("until", Kind.INSTANT)),
                byRef(
                        "document_types.csv",
                        "document_type",
                        "type_ref",
                        text("name").must(),
                        word("per", "child", "family").must(),
                        word("validity", "permanent", "school_year", "year", "semester", "months")
                                .must(),
                        of("months", Kind.COUNT),
                        of("mandatory", Kind.BOOL).must(),
                        word("kind", "pai", "insurance", "caf", "other"),
                        link("activity_ref", "activities.csv", "activity_id")),
                byKey(
                        "code_lists.csv",
                        "code",
                        Trait.PLAIN,
                        2,
                        of("list", Kind.LIST)
                                .oneOf(new LinkedHashSet<>(List.of(
                                        "diet",
                                        "allergy",
                                        "vaccine",
                                        "relationship",
                                        "marital_status",
                                        "quality",
                                        "payment_mode",
                                        "refusal_reason",
                                        "absence_reason")))
                                .must(),
                        text("code").must(),
                        text("label").must(),
                        text("group").into("grouping"),
                        of("sort_order", Kind.INTEGER)));
    }

    private static List<FileFormat> individuals() {
        return List.of(
                new FileFormat(
                        "families.csv",
                        "family",
                        "family_seq",
                        Trait.FAMILIES,
                        List.of(ref("family_ref")),
                        List.of(
                                ref("family_ref"),
                                text("account_code").must(),
                                text("personal_code"),
                                text("name").must(),
                                of("email", Kind.EMAIL),
                                text("issuer"),
                                text("universe"),
                                text("street").upTo(STREET),
                                text("complement").upTo(STREET),
                                text("postcode"),
                                text("city"),
                                text("caf_number"),
                                of("quotient", Kind.ROUNDED),
                                of("quotient_date", Kind.DATE),
                                of("tax_reference_income", Kind.MONEY).hidden(),
                                of("tax_shares", Kind.SHARES),
                                of("iban", Kind.IBAN).hidden(),
                                text("bic").hidden(),
                                text("account_holder").hidden(),
                                text("mandate_ref").hidden(),
                                of("mandate_date", Kind.DATE))),
                new FileFormat(
                        "individuals.csv",
                        "individual",
                        "individual_seq",
                        Trait.INDIVIDUALS,
                        List.of(ref("individual_ref")),
                        List.of(
                                ref("individual_ref"),
                                word("civility", "M", "MME"),
                                text("last_name").must(),
                                text("birth_name"),
                                text("first_name").must(),
                                of("birth_date", Kind.DATE),
                                word("sex", "M", "F"),
                                of("email", Kind.EMAIL),
                                of("phone", Kind.PHONE),
                                of("mobile", Kind.PHONE),
                                of("accepts_email", Kind.BOOL).orElse("0"),
                                of("accepts_sms", Kind.BOOL).orElse("0"),
                                text("marital_status"),
                                text("quality"),
                                text("street").upTo(STREET),
                                text("complement").upTo(STREET),
                                text("postcode"),
                                text("city"),
                                link("class_ref", "classes.csv", "class_id"),
                                text("insurer"),
                                text("insurance_number"),
                                of("glasses", Kind.BOOL).hidden(),
                                of("dental_device", Kind.BOOL).hidden(),
                                of("hearing_device", Kind.BOOL).hidden(),
                                of("may_do_sport", Kind.BOOL),
                                of("may_be_photographed", Kind.BOOL),
                                of("may_leave_alone", Kind.BOOL),
                                of("may_go_on_outings", Kind.BOOL),
                                of("may_be_hospitalised", Kind.BOOL),
                                of("diet", Kind.CODES).hidden(),
                                of("has_pai", Kind.BOOL).hidden(),
                                of("pai_until", Kind.DATE).hidden(),
                                text("photo").upTo(STREET))),
                new FileFormat(
                        "memberships.csv",
                        "membership",
                        "membership_seq",
                        Trait.PLAIN,
                        List.of(
                                link("family_ref", "families.csv", "family_id").must(),
                                link("individual_ref", "individuals.csv", "individual_id")
                                        .must()),
                        List.of(
                                link("family_ref", "families.csv", "family_id").must(),
                                link("individual_ref", "individuals.csv", "individual_id")
                                        .must(),
                                word("role", "child", "guardian", "partner").must(),
                                of("payer", Kind.BOOL).orElse("0"),
                                word("access", "full", "read", "none").orElse("FULL"),
                                word("custody", "all", "even_weeks", "odd_weeks")
                                        .orElse("ALL"))),
                byRef(
                        "pickup_contacts.csv",
                        "pickup_contact",
                        "contact_ref",
                        link("individual_ref", "individuals.csv", "individual_id")
                                .must(),
                        link("family_ref", "families.csv", "family_id"),
                        text("name").must(),
                        of("mobile", Kind.PHONE),
                        of("phone", Kind.PHONE),
                        text("relationship"),
                        of("emergency", Kind.BOOL).must(),
                        of("may_collect", Kind.BOOL).must()),
                ofIndividual(
                        "allergies.csv",
                        "allergy",
                        text("allergy").hidden().must(),
                        text("note").upTo(NOTE).hidden()),
                ofIndividual(
                        "vaccinations.csv",
                        "vaccination",
                        text("vaccine").hidden().must(),
                        of("date", Kind.DATE).hidden().must(),
                        of("booster_date", Kind.DATE).hidden()),
                new FileFormat(
                        "documents.csv",
                        "supporting_document",
                        "supporting_document_seq",
                        Trait.DOCUMENTS,
                        List.of(
                                link("type_ref", "document_types.csv", "document_type_id")
                                        .must(),
                                link("family_ref", "families.csv", "family_id"),
                                link("individual_ref", "individuals.csv", "individual_id")),
                        List.of(
                                link("type_ref", "document_types.csv", "document_type_id")
                                        .must(),
                                link("family_ref", "families.csv", "family_id"),
                                link("individual_ref", "individuals.csv", "individual_id"),
                                word("status", "missing", "received", "valid", "refused", "expired")
                                        .must(),
                                of("valid_until", Kind.DATE),
                                text("file_name").upTo(STREET),
                                text("document").upTo(STREET),
                                of("received_on", Kind.DATE))));
    }

    private static List<FileFormat> registrations() {
        return List.of(new FileFormat(
                "registrations.csv",
                "registration",
                "registration_seq",
                Trait.REGISTRATIONS,
                List.of(ref("registration_ref")),
                List.of(
                        ref("registration_ref"),
                        link("individual_ref", "individuals.csv", "individual_id")
                                .must(),
                        link("family_ref", "families.csv", "family_id").must(),
                        link("schedule_ref", "schedules.csv", "schedule_id").must(),
                        of("start", Kind.DATE).into("start_day").must(),
                        of("end", Kind.DATE).into("end_day").must(),
                        of("weekdays", Kind.WEEKDAYS),
                        word("status", "active", "waiting", "ended").must())));
    }

    private static List<FileFormat> bookings() {
        return List.of(byKey(
                "bookings.csv",
                "booking",
                Trait.BOOKINGS,
                3,
                link("individual_ref", "individuals.csv", "individual_id").must(),
                link("schedule_ref", "schedules.csv", "schedule_id").must(),
                of("date", Kind.DATE).into("day").must(),
                word("state", "booked", "absent", "none").must(),
                link("family_ref", "families.csv", "family_id")));
    }

    private static FileFormat byRef(String file, String table, String ref, Column... rest) {
        List<Column> columns = new ArrayList<>(List.of(ref(ref)));
        columns.addAll(Arrays.asList(rest));
        return new FileFormat(file, table, table + "_seq", Trait.PLAIN, List.of(ref(ref)), columns);
    }

    private static FileFormat byKey(String file, String table, Trait trait, int keys, Column... columns) {
        List<Column> all = List.of(columns);
        return new FileFormat(file, table, "", trait, all.subList(0, keys), all);
    }

    private static FileFormat ofIndividual(String file, String table, Column... rest) {
        List<Column> columns = new ArrayList<>(List.of(
                link("individual_ref", "individuals.csv", "individual_id").must()));
        columns.addAll(Arrays.asList(rest));
        return new FileFormat(file, table, table + "_seq", Trait.PLAIN, columns.subList(0, 2), columns);
    }

    private static Column ref(String name) {
        return of(name, Kind.REF).into("ref").must();
    }

    private static Column link(String name, String file, String idColumn) {
        return of(name, Kind.REF).referTo(file, idColumn);
    }

    private static Column text(String name) {
        return of(name, Kind.TEXT);
    }

    private static Column word(String name, String... words) {
        return of(name, Kind.WORD).oneOf(new LinkedHashSet<>(Arrays.asList(words)));
    }

    private static Column of(String name, Kind kind) {
        return Column.of(name, kind);
    }
}
