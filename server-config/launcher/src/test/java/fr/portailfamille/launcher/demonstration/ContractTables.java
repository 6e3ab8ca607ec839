package fr.portailfamille.launcher.demonstration;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The columns that version 1 of the exchange contract requires, and what they must hold. */
final class ContractTables {

    /**
     * One file of the contract.
     *
     * @param key the columns that name a row
     * @param columns every column, required or not, with the pattern of its cells
     */
    record Table(List<String> key, Map<String, Pattern> columns) {}

    private static final String REF = "[A-Za-z0-9._/-]{1,64}";
    private static final String TEXT = ".{1,100}";
    private static final String DAY = "\\d{4}-\\d\\d-\\d\\d";
    private static final String TIME = "[0-2]\\d:[0-5]\\d";
    private static final String INSTANT = DAY + "T" + TIME + ":00\\+0[12]:00";
    private static final String YES_NO = "[01]";
    private static final String NUMBER = "\\d+";
    private static final String MONEY = "\\d+(\\.\\d{1,2})?";

    static final Map<String, Table> ALL = new LinkedHashMap<>();

    static {
        table("regies.csv", "regie_ref", "regie_ref", REF, "name", TEXT, "issuer", TEXT, "payfip_client?", NUMBER);
        table(
                "facilities.csv",
                "facility_ref",
                "facility_ref",
                REF,
                "name",
                TEXT,
                "kind",
                "school|leisure_centre|nursery|canteen|other",
                "street?",
                TEXT,
                "postcode?",
                "\\d{5}",
                "city?",
                TEXT,
                "phone?",
                "0[1-9]( \\d\\d){4}",
                "email?",
                ".+@.+\\.example");
        table(
                "classes.csv",
                "class_ref",
                "class_ref",
                REF,
                "facility_ref",
                REF,
                "school_year",
                "\\d{4}-\\d{4}",
                "name",
                TEXT,
                "level?",
                TEXT);
        table(
                "activities.csv",
                "activity_ref",
                "activity_ref",
                REF,
                "name",
                TEXT,
                "kind",
                "canteen|before_school|after_school|wednesday|holiday|nursery|other",
                "regie_ref?",
                REF,
                "decision",
                "automatic|business",
                "tax_certificate?",
                YES_NO,
                "description?",
                ".{1,4000}",
                "sort_order?",
                NUMBER);
        table(
                "schedules.csv",
                "schedule_ref",
                "schedule_ref",
                REF,
                "activity_ref",
                REF,
                "facility_ref",
                REF,
                "start_time",
                TIME,
                "end_time",
                TIME,
                "weekdays?",
                "[1-7]+",
                "capacity?",
                NUMBER,
                "valid_from",
                DAY,
                "valid_to",
                DAY);
        table(
                "schedule_dates.csv",
                "schedule_ref date",
                "schedule_ref",
                REF,
                "date",
                DAY,
                "open",
                YES_NO,
                "capacity?",
                NUMBER);
        table("pools.csv", "pool_ref", "pool_ref", REF, "name", TEXT, "capacity", NUMBER);
        table("pool_schedules.csv", "pool_ref schedule_ref", "pool_ref", REF, "schedule_ref", REF);
        table("pool_dates.csv", "pool_ref date", "pool_ref", REF, "date", DAY, "capacity", NUMBER);
        table(
                "periods.csv",
                "period_ref",
                "period_ref",
                REF,
                "name",
                TEXT,
                "kind",
                "school_year|term|holidays|other",
                "start",
                DAY,
                "end",
                DAY,
                "activity_ref?",
                REF,
                "bookable_from?",
                INSTANT,
                "bookable_until?",
                INSTANT);
        table(
                "closures.csv",
                "closure_ref",
                "closure_ref",
                REF,
                "start",
                DAY,
                "end",
                DAY,
                "reason",
                TEXT,
                "facility_ref?",
                REF,
                "activity_ref?",
                REF);
        table(
                "incompatibilities.csv",
                "activity_ref excluded_activity_ref",
                "activity_ref",
                REF,
                "excluded_activity_ref",
                REF);
        table(
                "booking_rules.csv",
                "rule_ref",
                "rule_ref",
                REF,
                "activity_ref",
                REF,
                "action",
                "book|cancel",
                "weekday?",
                "[1-7]",
                "kind",
                "days_before|week_before|month_before|fixed",
                "n?",
                NUMBER,
                "day_kind?",
                "calendar|working|service",
                "at_weekday?",
                "[1-7]",
                "at_day?",
                NUMBER,
                "at_time?",
                TIME,
                "until?",
                INSTANT);
        table(
                "document_types.csv",
                "type_ref",
                "type_ref",
                REF,
                "name",
                TEXT,
                "per",
                "child|family",
                "validity",
                "permanent|school_year|year|semester|months",
                "months?",
                NUMBER,
                "mandatory",
                YES_NO,
                "kind?",
                "pai|insurance|caf|other",
                "activity_ref?",
                REF);
        table(
                "code_lists.csv",
                "list code",
                "list",
                "diet|allergy|vaccine|relationship|marital_status|quality|payment_mode|refusal_reason|absence_reason",
                "code",
                REF,
                "label",
                TEXT,
                "group?",
                TEXT,
                "sort_order?",
                NUMBER);
        table(
                "families.csv",
                "family_ref",
                "family_ref",
                REF,
                "account_code",
                "SE-\\d{10}",
                "personal_code?",
                NUMBER,
                "name",
                TEXT,
                "email?",
                ".+@.+\\.example",
                "issuer?",
                TEXT,
                "universe?",
                "Enfance",
                "street?",
                TEXT,
                "complement?",
                TEXT,
                "postcode?",
                "\\d{5}",
                "city?",
                TEXT,
                "caf_number?",
                NUMBER,
                "quotient?",
                NUMBER,
                "quotient_date?",
                DAY,
                "tax_reference_income?",
                MONEY,
                "tax_shares?",
                "\\d+(\\.\\d+)?",
                "iban?",
                "FR\\d{2}[0-9A-Z]{23}",
                "bic?",
                "[A-Z0-9]{8,11}",
                "account_holder?",
                TEXT,
                "mandate_ref?",
                TEXT,
                "mandate_date?",
                DAY);
        table(
                "individuals.csv",
                "individual_ref",
                "individual_ref",
                REF,
                "civility?",
                "M|MME",
                "last_name",
                TEXT,
                "birth_name?",
                TEXT,
                "first_name",
                TEXT,
                "birth_date?",
                DAY,
                "sex?",
                "[MF]",
                "email?",
                ".+@.+\\.example",
                "mobile?",
                "06 39 98( \\d\\d){2}",
                "accepts_email?",
                YES_NO,
                "accepts_sms?",
                YES_NO,
                "marital_status?",
                REF,
                "quality?",
                REF,
                "class_ref?",
                REF,
                "insurer?",
                TEXT,
                "insurance_number?",
                TEXT,
                "glasses?",
                YES_NO,
                "dental_device?",
                YES_NO,
                "hearing_device?",
                YES_NO,
                "may_do_sport?",
                YES_NO,
                "may_be_photographed?",
                YES_NO,
                "may_leave_alone?",
                YES_NO,
                "may_go_on_outings?",
                YES_NO,
                "may_be_hospitalised?",
                YES_NO,
                "diet?",
                "[A-Z_|]+",
                "has_pai?",
                YES_NO,
                "pai_until?",
                DAY);
        table(
                "memberships.csv",
                "family_ref individual_ref",
                "family_ref",
                REF,
                "individual_ref",
                REF,
                "role",
                "child|guardian|partner",
                "payer?",
                YES_NO,
                "access?",
                "full|read|none",
                "custody?",
                "all|even_weeks|odd_weeks");
        table(
                "pickup_contacts.csv",
                "contact_ref",
                "contact_ref",
                REF,
                "individual_ref",
                REF,
                "family_ref?",
                REF,
                "name",
                TEXT,
                "mobile?",
                "06 39 98( \\d\\d){2}",
                "phone?",
                "0[1-9]( \\d\\d){4}",
                "relationship?",
                REF,
                "emergency",
                YES_NO,
                "may_collect",
                YES_NO);
        table("allergies.csv", "individual_ref allergy", "individual_ref", REF, "allergy", REF, "note?", ".{1,1000}");
        table(
                "vaccinations.csv",
                "individual_ref vaccine",
                "individual_ref",
                REF,
                "vaccine",
                REF,
                "date",
                DAY,
                "booster_date?",
                DAY);
        table(
                "documents.csv",
                "type_ref family_ref individual_ref",
                "type_ref",
                REF,
                "family_ref?",
                REF,
                "individual_ref?",
                REF,
                "status",
                "missing|received|valid|refused|expired",
                "valid_until?",
                DAY,
                "file_name?",
                TEXT,
                "received_on?",
                DAY);
        table(
                "registrations.csv",
                "registration_ref",
                "registration_ref",
                REF,
                "individual_ref",
                REF,
                "family_ref",
                REF,
                "schedule_ref",
                REF,
                "start",
                DAY,
                "end",
                DAY,
                "weekdays?",
                "[1-7]+",
                "status",
                "active|waiting|ended");
        table(
                "bookings.csv",
                "individual_ref schedule_ref date",
                "individual_ref",
                REF,
                "schedule_ref",
                REF,
                "date",
                DAY,
                "state",
                "booked|absent|none");
    }

    private ContractTables() {}

    /** A question mark behind a column lets its cells be empty. */
    private static void table(String file, String key, String... columns) {
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        for (int i = 0; i < columns.length; i += 2) {
            boolean optional = columns[i].endsWith("?");
            String name = optional ? columns[i].substring(0, columns[i].length() - 1) : columns[i];
            patterns.put(name, Pattern.compile("(" + columns[i + 1] + ")" + (optional ? "?" : "")));
        }
        ALL.put(file, new Table(Arrays.asList(key.split(" ")), patterns));
    }
}
