package fr.portailfamille.exchange;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/** Lots of each flow of which most rows are bad, each in its own way, for a town that they leave as good as it was. */
final class HostileRows {

    private static final String AT = "2029-12-01T10:00:00+01:00";

    private final RequestedTown town;
    private final String code;

    HostileRows(RequestedTown town) {
        this.town = town;
        this.code = town.vendor.town();
    }

    TestLot reference() {
        return TestLot.delta(code, "reference", 2)
                .file(
                        "regies.csv",
                        "regie_ref,name,issuer,telephone",
                        "RD,Régie des sports,401,",
                        "RD,Régie des sports,401,0240",
                        "RE,Régie des fêtes,402,",
                        "RE,Régie des foires,402,")
                .file("facilities.csv", "facility_ref,name,kind", "E2,École du Parc,", "E3,École du Port,school")
                .file(
                        "classes.csv",
                        "class_ref,facility_ref,school_year,name",
                        "K1,E2,2026-2027,CP",
                        "K2,E3,2026-2028,CE1",
                        "K3,E3,2026-2027,CE2")
                .file(
                        "activities.csv",
                        "activity_ref,name,kind,decision",
                        "A1,,wednesday,automatic",
                        "A2,Matin,wednesday,automatic")
                .file(
                        "schedules.csv",
                        "schedule_ref,facility_ref,activity_ref,start_time,end_time,valid_from,valid_to",
                        "S2,E1,CANT,24:00,13:45,2026-01-01,2036-12-31",
                        "S3,E2,A1,12:00,13:45,2026-01-01,2036-12-31",
                        "S4,E1,A1,12:00,13:45,2026-01-01,2036-12-31",
                        "S5,E1,CANT,12:00,13:45,2027-01-01,2026-12-31")
                .file(
                        "schedule_dates.csv",
                        "schedule_ref,date,open",
                        "S2,2030-01-07,1",
                        "S1,2030-02-04,1",
                        "S1,2030-02-04,0",
                        "S1,2030-02-05,0",
                        "S1,2030-02-05,oui",
                        "S1,2030-02-06,0",
                        "S1,2030-02-06,0")
                .file("pools.csv", "pool_ref,name,capacity", "P2,Gymnase,beaucoup")
                .file("pool_dates.csv", "pool_ref,date,capacity", "P2,2030-01-07,3", "P1,2030-02-30,3")
                .file(
                        "periods.csv",
                        "period_ref,name,kind,start,end,bookable_from",
                        "N1,Hiver,holidays,2030-02-15,2030-02-01,",
                        "N2,Hiver,holidays,2030-02-01,2030-02-15,2030-01-05T08:00:00")
                .file(
                        "incompatibilities.csv",
                        "activity_ref,excluded_activity_ref,archived",
                        "A2,A2,0",
                        "A1,A2,0",
                        "A1,A1,0",
                        "A2,CANT,0",
                        "CANT,A2,1")
                .file(
                        "booking_rules.csv",
                        "rule_ref,activity_ref,action,kind,n,until",
                        "R1,CANT,book,fixed,,",
                        "R2,A1,book,days_before,1,",
                        "R3,CANT,book,days_before,1,",
                        "R3,CANT,book,days_before,-1,")
                .file(
                        "document_types.csv",
                        "type_ref,name,per,validity,months,mandatory",
                        "T1,PAI,child,year,,1",
                        "T2,PAI,child,months,,1")
                .file(
                        "code_lists.csv",
                        "list,code,label",
                        "diet,PORC,Sans porc",
                        "diet,PORC,Sans viande",
                        "diet,VEG," + "x".repeat(101),
                        "diet,VEG,Végétarien");
    }

    TestLot individuals() {
        return TestLot.delta(code, "individuals", 2)
                .file(
                        "families.csv",
                        "family_ref,account_code,name,iban,email,quotient",
                        "F3,BL-3,ROUX,FR7630006000011234567890188,,",
                        "F4,BL-4,NOËL,,sans arobase,812.5",
                        "F5,BL-5,PETIT,,,\"12,5\"",
                        "F6,BL-6,DUBOIS,FR7630006000011234567890189,,",
                        "F6,BL-6,DUBOIS,,,",
                        "F7,BL-7,MOREAU,,,",
                        "F7,BL-7,MOREAU,,,")
                .file(
                        "individuals.csv",
                        "individual_ref,last_name,first_name,birth_date,phone,photo,class_ref",
                        "I4," + "x".repeat(101) + ",Ève,,,,",
                        "I5,ROUX,Ève,2019-02-30,,,",
                        "I5,ROUX,Ève,2019-02-28,,,",
                        "I6,ROUX,Ève",
                        "I7,ROUX,Ève,,,,",
                        "I7,ROUX,Zoé,,,,",
                        "I8,ROUX,Noé,,appeler le soir,noe.jpg,K3",
                        "I9,ROUX,Max,,02400000000000000000000000000000000000000000,max.jpg,")
                .file(
                        "memberships.csv",
                        "individual_ref,family_ref,role",
                        "I5,F3,child",
                        "I8,F3,child",
                        "I7,F4,child",
                        "I8,F4,ami",
                        "I8,F4,child",
                        "I8,F1,child",
                        "I8,F1,child",
                        "I8,F7,child",
                        "I8,F7,guardian")
                .file(
                        "pickup_contacts.csv",
                        "contact_ref,individual_ref,family_ref,name,emergency,may_collect",
                        "C1,I8,F6,Paul,1,1",
                        "C2,I8,F4,Paul,1,",
                        "C2,I8,F4,Paul,1,0")
                .file(
                        "allergies.csv",
                        "individual_ref,allergy,note",
                        "I8,LAIT," + "x".repeat(1001),
                        "I8,LAIT,un peu",
                        "I8,OEUF,un peu",
                        "I8,OEUF,beaucoup",
                        "I4,LAIT,")
                .file("vaccinations.csv", "individual_ref,vaccine,date", "I8,DTP,hier", "I8,DTP,2020-01-06")
                .file(
                        "documents.csv",
                        "type_ref,family_ref,individual_ref,status,valid_until,document",
                        "T1,,,valid,,",
                        "T1,,I7,valid,,pai.pdf",
                        "T1,F5,I8,valid,,",
                        "T1,,I8,valid,2030-01-01,pai.pdf",
                        "T1,,I8,valid,2031-01-01,");
    }

    TestLot registrations() {
        return TestLot.delta(code, "registrations", 2)
                .file(
                        "registrations.csv",
                        "registration_ref,individual_ref,family_ref,schedule_ref,start,end,weekdays,status",
                        "R3,I3,F1,S1,2030-01-07,2030-01-06,,active",
                        "R4,I3,F1,S1,2030-01-07,2030-01-31,128,active",
                        "R5,I3,F1,S1,2030-01-07,2030-01-31,,active",
                        "R6,I3,F1,S1,2030-01-07,2037-01-31,,active",
                        "R5,I3,F1,S1,2030-01-07,2030-01-31,1,active");
    }

    TestLot bookings() {
        return TestLot.delta(code, "bookings", 1)
                .file(
                        "bookings.csv",
                        "individual_ref,schedule_ref,date,state,family_ref,archived",
                        "I1,S1,2030-01-14,booked,F1,0",
                        "I1,S1,2030-01-14,booked,F2,0",
                        "I1,S1,2030-01-15,booked,F1,0",
                        "I1,S1,2030-01-15,booked,F1,1",
                        "I1,S1,2030-01-16,booked,F1,0",
                        "I1,S1,2030-01-16,peut-être,F1,0",
                        "I1,S1,2030-01-17,booked,F1,0",
                        "I1,S1,2030-01-17,booked,F1,",
                        "I1,S1,2030-01-32,booked,F1,0",
                        "I2,S1,2030-01-14,booked,,0",
                        "I2,S1,2030-01-14,absent,,0");
    }

    TestLot decisions() throws SQLException {
        String asked = town.asks(1, "BOOK", "2030-03-04", "2030-03-05", "2030-03-06", "2030-03-07", "2030-03-08");
        String absence = town.asks(2, "CANCEL", "2030-03-04");
        return TestLot.delta(code, "decisions", 1)
                .file(
                        "decisions.csv",
                        "request_ref,line,decision,reason,decided_at,archived",
                        asked + ",1,accepted,," + AT + ",1",
                        asked + ",2,accepted,," + AT + ",1",
                        asked + ",2,accepted,," + AT + ",0",
                        asked + ",3,accepted,," + AT + ",1",
                        asked + ",3,accepted,," + AT + ",1",
                        asked + ",4,perhaps,," + AT + ",0",
                        asked + ",4,accepted,," + AT + ",0",
                        absence + ",1,waitlisted,," + AT + ",0",
                        asked + ",5,accepted,," + AT + ",0",
                        asked + ",5,accepted,," + AT + ",0")
                .file(
                        "messages.csv",
                        "message_ref,request_ref,sent_at,text",
                        "M1," + asked + ",hier,Bonjour",
                        "M2," + asked + "," + AT + ",Bonjour",
                        "M2," + asked + "," + AT + ",Bonsoir");
    }

    TestLot billing() {
        return TestLot.delta(code, "billing", 1)
                .file(
                        "invoices.csv",
                        "invoice_ref,number,family_ref,regie_ref,issued_on,due_on,amount,remaining,payable_online,status,document",
                        invoice("FA1", "30.00", "facture.pdf"),
                        invoice("FA2", "30.00", "note.txt"),
                        invoice("FA3", "30.00", "absente.pdf"),
                        invoice("FA4", "30.00", ""),
                        invoice("FA4", "31.00", ""),
                        invoice("FA5", "30.005", ""),
                        invoice("FA6", "30.00", ""))
                .file(
                        "invoice_lines.csv",
                        "invoice_ref,line,label,amount",
                        "FA1,1,Repas,10.00",
                        "FA1,1,Repas,11.00",
                        "FA1,2,Repas,dix",
                        "FA1,2,Repas,10.00",
                        "FA1,3,Repas,10.00",
                        "FA1,3,Repas,10.0",
                        "FA2,1,Repas,10.00",
                        "FA5,1,Repas,10.00")
                .file(
                        "payments.csv",
                        "payment_ref,number,family_ref,paid_on,mode,description,collected,allocated,online",
                        payment("RG1", "100.00", "0"),
                        payment("RG2", "10.00", "10.01"),
                        payment("RG3", "10.00", "0"),
                        payment("RG4", "10.00", "0"),
                        payment("RG4", "11.00", "0"),
                        payment("RG5", "-10.00", "0"))
                .file(
                        "allocations.csv",
                        "payment_ref,invoice_ref,amount,archived",
                        "RG1,FA1,60.00,0",
                        "RG1,FA6,60.00,0",
                        "RG2,FA1,1.00,0",
                        "RG3,FA1,10.00,0",
                        "RG3,FA1,10.0,0",
                        "RG3,FA6,9.00,1",
                        "RG4,FA4,1.00,0",
                        "RG5,FA1,-5.00,0",
                        "RG5,FA6,-5.00,0",
                        "RG5,FA6,cinq,0")
                .file(
                        "adjustments.csv",
                        "entry_ref,family_ref,regie_ref,date,description,credit,debit,invoice_ref",
                        "OP1,F1,RC,2030-01-05,Remise,,,",
                        "OP2,F1,RC,2030-01-05,Remise,,,",
                        "OP2,F1,RC,2030-01-05,Remise,1.00,,",
                        "OP3,F1,RC,2030-01-05,Remise,,,FA2",
                        "OP4,F1,RC,2030-01-05,Remise,,1.00,FA1")
                .document("note.txt", "Bonjour".getBytes(StandardCharsets.UTF_8))
                .document("facture.pdf", "%PDF-1.4 facture".getBytes(StandardCharsets.US_ASCII));
    }

    private static String invoice(String ref, String amount, String document) {
        return "%s,1,F1,RC,2030-01-05,2030-02-01,%s,0.00,0,issued,%s".formatted(ref, amount, document);
    }

    private static String payment(String ref, String collected, String allocated) {
        return "%s,1,F1,2030-01-28,CHQ,Chèque,%s,%s,0".formatted(ref, collected, allocated);
    }
}
