package fr.portailfamille.exchange.format;

import static fr.portailfamille.exchange.format.ColumnKit.LONG_TEXT;
import static fr.portailfamille.exchange.format.ColumnKit.NOTE;
import static fr.portailfamille.exchange.format.ColumnKit.STREET;
import static fr.portailfamille.exchange.format.ColumnKit.byKey;
import static fr.portailfamille.exchange.format.ColumnKit.byRef;
import static fr.portailfamille.exchange.format.ColumnKit.link;
import static fr.portailfamille.exchange.format.ColumnKit.of;
import static fr.portailfamille.exchange.format.ColumnKit.ref;
import static fr.portailfamille.exchange.format.ColumnKit.text;
import static fr.portailfamille.exchange.format.ColumnKit.word;

import fr.portailfamille.exchange.format.FileFormat.Trait;
import java.util.LinkedHashSet;
import java.util.List;

/** What the town offers: facilities, activities, schedules, places, rules, lists. */
final class ReferenceFiles {

    private ReferenceFiles() {}

    static List<FileFormat> all() {
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
                                // May be before start_time: of a night away it is the next day's.
                                of("end_time", Kind.TIME).must(),
                                of("weekdays", Kind.WEEKDAYS),
                                of("capacity", Kind.COUNT),
                                of("valid_from", Kind.DATE).must(),
                                of("valid_to", Kind.DATE)
                                        .notBefore("valid_from")
                                        .must())),
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
                        of("end", Kind.DATE).into("end_day").notBefore("start").must(),
                        link("activity_ref", "activities.csv", "activity_id"),
                        of("bookable_from", Kind.INSTANT),
                        of("bookable_until", Kind.INSTANT).notBefore("bookable_from")),
                byRef(
                        "closures.csv",
                        "closure",
                        "closure_ref",
                        of("start", Kind.DATE).into("start_day").must(),
                        of("end", Kind.DATE).into("end_day").notBefore("start").must(),
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
                        of("n", Kind.COUNT).neededFor("kind", "days_before", "week_before", "month_before"),
                        word("day_kind", "calendar", "working", "service"),
                        of("at_weekday", Kind.WEEKDAY).neededFor("kind", "week_before"),
                        of("at_day", Kind.MONTH_DAY).neededFor("kind", "month_before"),
                        of("at_time", Kind.TIME),
                        of("until", Kind.INSTANT).neededFor("kind", "fixed")),
                byRef(
                        "document_types.csv",
                        "document_type",
                        "type_ref",
                        text("name").must(),
                        word("per", "child", "family").must(),
                        word("validity", "permanent", "school_year", "year", "semester", "months")
                                .must(),
                        of("months", Kind.COUNT).neededFor("validity", "months"),
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
}
