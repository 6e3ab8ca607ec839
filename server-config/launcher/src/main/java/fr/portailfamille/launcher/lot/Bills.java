package fr.portailfamille.launcher.lot;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What each family of the demonstration town was billed and has paid, with invoices as documents. */
final class Bills {

    /** Of two names one document each, which several invoices share; the third is no PDF. */
    static final List<String> SHARED_DOCUMENTS = List.of("avis.pdf", "tarifs.pdf", "note.txt");

    /** More than a portal keeps in one piece. */
    private static final int LARGE = 1_200_000;

    private Bills() {}

    /** The files of the flow, for these families. */
    static Map<String, LotTable> of(List<String> families, LocalDate day) {
        LotTable invoices = LotTable.of("invoice_ref,number,family_ref,regie_ref,context,nature,issued_on,due_on,"
                + "amount,remaining,payable_online,emission_code,payment_reference,status,document");
        LotTable lines = LotTable.of("invoice_ref,line,label,activity_ref,quantity,unit_price,amount");
        LotTable payments = LotTable.of(
                "payment_ref,number,family_ref,paid_on,mode,description,collected,allocated,online,deposited_on");
        LotTable allocations = LotTable.of("payment_ref,invoice_ref,amount");
        LotTable adjustments = LotTable.of("entry_ref,family_ref,regie_ref,date,description,credit,debit,invoice_ref");
        LocalDate month = day.withDayOfMonth(5);
        int number = 0;
        for (String family : families) {
            number++;
            String earlier = "FA-" + family + "-1";
            String later = "FA-" + family + "-2";
            LocalDate before = month.minusMonths(1);
            invoices.with(
                    earlier,
                    "F1" + number,
                    family,
                    "ENF",
                    "Restauration",
                    "Enfance",
                    before,
                    before.plusDays(30),
                    "42.00",
                    "12.00",
                    1,
                    "4001",
                    "1000" + number,
                    "issued",
                    "facture-" + family + ".pdf");
            invoices.with(
                    later,
                    "F2" + number,
                    family,
                    "ENF",
                    "Accueils",
                    "Enfance",
                    month,
                    month.plusDays(30),
                    "36.50",
                    "36.50",
                    1,
                    "4002",
                    "2000" + number,
                    "issued",
                    number % 2 == 0 ? SHARED_DOCUMENTS.get(0) : "");
            lines.with(earlier, 1, "Restauration, 10 repas", "CANT", "10", "3.20", "32.00");
            lines.with(earlier, 2, "Accueil du soir, 4 fois", "SOIR", "4", "2.50", "10.00");
            lines.with(later, 1, "Accueil du soir", "SOIR", "", "", "36.50");
            String payment = "RG-" + family;
            payments.with(
                    payment,
                    "P" + number,
                    family,
                    month.minusDays(3),
                    "CHEQUE",
                    "Chèque n° " + number,
                    "30.00",
                    "30.00",
                    0,
                    month);
            allocations.with(payment, earlier, "30.00");
            if (number % 3 == 0) {
                adjustments.with("OD-" + family, family, "ENF", month, "Geste commercial", "5.00", "", later);
            }
        }
        Map<String, LotTable> files = new LinkedHashMap<>();
        files.put("invoices.csv", invoices);
        files.put("invoice_lines.csv", lines);
        files.put("payments.csv", payments);
        files.put("allocations.csv", allocations);
        files.put("adjustments.csv", adjustments);
        return files;
    }

    /** The same name is always the same content. */
    static byte[] document(String name) {
        byte[] head = (name.endsWith(".pdf") ? "%PDF-1.4\n" : "").concat(name).getBytes(StandardCharsets.UTF_8);
        if (!name.equals(SHARED_DOCUMENTS.get(0))) {
            return head;
        }
        byte[] large = new byte[LARGE];
        // What packs too well is taken for an attack.
        new Random(name.hashCode()).nextBytes(large);
        System.arraycopy(head, 0, large, 0, head.length);
        return large;
    }
}
