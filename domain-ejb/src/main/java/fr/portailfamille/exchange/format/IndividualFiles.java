package fr.portailfamille.exchange.format;

import static fr.portailfamille.exchange.format.ColumnKit.NOTE;
import static fr.portailfamille.exchange.format.ColumnKit.STREET;
import static fr.portailfamille.exchange.format.ColumnKit.byRef;
import static fr.portailfamille.exchange.format.ColumnKit.link;
import static fr.portailfamille.exchange.format.ColumnKit.of;
import static fr.portailfamille.exchange.format.ColumnKit.ofIndividual;
import static fr.portailfamille.exchange.format.ColumnKit.ref;
import static fr.portailfamille.exchange.format.ColumnKit.text;
import static fr.portailfamille.exchange.format.ColumnKit.word;

import fr.portailfamille.exchange.format.FileFormat.Trait;
import java.util.List;

/** Families, people, and what belongs to them. */
final class IndividualFiles {

    private IndividualFiles() {}

    static List<FileFormat> all() {
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
                                of("photo", Kind.UNUSED_FILE).upTo(STREET))),
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
                                of("document", Kind.UNUSED_FILE).upTo(STREET),
                                of("received_on", Kind.DATE))));
    }
}
