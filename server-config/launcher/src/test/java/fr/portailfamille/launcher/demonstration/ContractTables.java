package fr.portailfamille.launcher.demonstration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The files of version 1 of the exchange contract and what their cells must hold, read from {@code contract.txt}. */
final class ContractTables {

    /**
     * One file of the contract.
     *
     * @param key the columns that name a row
     * @param columns with the pattern of their cells
     */
    record Table(List<String> key, Map<String, Pattern> columns) {}

    private static final String DAY = "\\d{4}-\\d\\d-\\d\\d";
    private static final String TIME = "[0-2]\\d:[0-5]\\d";
    private static final Map<String, String> WORDS = Map.of(
            "REF", "[A-Za-z0-9._/-]{1,64}",
            "TEXT", ".{1,100}",
            "DAY", DAY,
            "TIME", TIME,
            "INSTANT", DAY + "T" + TIME + ":00\\+0[12]:00",
            "YES_NO", "[01]",
            "NUMBER", "\\d+",
            "MONEY", "\\d+(\\.\\d{1,2})?");

    static final Map<String, Table> ALL = read();

    private ContractTables() {}

    private static Map<String, Table> read() {
        Map<String, Table> tables = new LinkedHashMap<>();
        Map<String, Pattern> columns = Map.of();
        for (String line : lines()) {
            String[] words = line.strip().split(" ", 2);
            if (line.startsWith(" ")) {
                boolean optional = words[0].endsWith("?");
                String pattern = WORDS.getOrDefault(words[1], words[1]);
                columns.put(
                        optional ? words[0].substring(0, words[0].length() - 1) : words[0],
                        Pattern.compile("(" + pattern + ")" + (optional ? "?" : "")));
            } else {
                columns = new LinkedHashMap<>();
                tables.put(words[0], new Table(Arrays.asList(words[1].split(" ")), columns));
            }
        }
        return tables;
    }

    private static List<String> lines() {
        try (InputStream in = ContractTables.class.getResourceAsStream("/demonstration/contract.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
