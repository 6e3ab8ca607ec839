package fr.portailfamille.exchange.format;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the cells of a column are written, and the type they have in PostgreSQL. */
public enum Kind {
    /** A stable name that Enfance gives: 1–64 of {@code A-Za-z0-9._/-}. */
    REF("text") {
        @Override
        void read(String text, Column column, Cell cell) {
            if (isRef(text)) {
                cell.read(text);
            } else {
                cell.reject(FaultCode.BAD_VALUE, "1 à 64 caractères parmi A-Z a-z 0-9 . _ / -");
            }
        }
    },
    TEXT("text") {
        @Override
        void read(String text, Column column, Cell cell) {
            if (text.length() > column.max()) {
                cell.reject(FaultCode.TOO_LONG, Integer.toString(column.max()));
            } else {
                cell.read(text);
            }
        }
    },
    /** The name of a file that is not taken in with it: the name is kept, with a warning. */
    UNUSED_FILE("text") {
        @Override
        void read(String text, Column column, Cell cell) {
            TEXT.read(text, column, cell);
            if (cell.fault() == null) {
                cell.warn(FaultCode.UNUSED_DOCUMENT);
            }
        }
    },
    /** One of a fixed list; stored in upper case. */
    WORD("text") {
        @Override
        void read(String text, Column column, Cell cell) {
            if (column.words().contains(text)) {
                cell.read(text.toUpperCase(Locale.ROOT));
            } else {
                cell.reject(FaultCode.BAD_VALUE, oneOf(column.words()));
            }
        }
    },
    /** One of a fixed list, stored as it is written: the name of one of the town's lists of codes. */
    LIST("text") {
        @Override
        void read(String text, Column column, Cell cell) {
            if (column.words().contains(text)) {
                cell.read(text);
            } else {
                cell.reject(FaultCode.BAD_VALUE, oneOf(column.words()));
            }
        }
    },
    DATE("date") {
        @Override
        void read(String text, Column column, Cell cell) {
            if (isDate(text)) {
                cell.read(text);
            } else {
                cell.reject(FaultCode.BAD_DATE, null);
            }
        }
    },
    TIME("time") {
        @Override
        void read(String text, Column column, Cell cell) {
            if (CLOCK_TIME.matcher(text).matches()) {
                cell.read(text);
            } else {
                cell.reject(FaultCode.BAD_TIME, null);
            }
        }
    },
    INSTANT("timestamptz") {
        @Override
        void read(String text, Column column, Cell cell) {
            try {
                Instant instant = OffsetDateTime.parse(text).toInstant();
                // In years of four digits, as the database reads them, in whatever zone they were written.
                if (isDate(LocalDate.ofInstant(instant, ZoneOffset.UTC).toString())) {
                    cell.read(instant.toString());
                    return;
                }
            } catch (DateTimeException e) {
                // Told below.
            }
            cell.reject(FaultCode.BAD_TIME, null);
        }
    },
    /** A whole number, 0 or more. */
    COUNT("int") {
        @Override
        void read(String text, Column column, Cell cell) {
            if (text.length() <= 9 && DIGITS.matcher(text).matches()) {
                cell.read(Integer.toString(Integer.parseInt(text)));
            } else {
                cell.reject(FaultCode.BAD_NUMBER, "un nombre entier positif");
            }
        }
    },
    INTEGER("int") {
        @Override
        void read(String text, Column column, Cell cell) {
            String digits = text.startsWith("-") ? text.substring(1) : text;
            if (digits.length() <= 9 && DIGITS.matcher(digits).matches()) {
                cell.read(Integer.toString(Integer.parseInt(text)));
            } else {
                cell.reject(FaultCode.BAD_NUMBER, "un nombre entier");
            }
        }
    },
    /** Written with at most two decimals, kept as a whole number. */
    ROUNDED("int") {
        @Override
        void read(String text, Column column, Cell cell) {
            BigDecimal number = decimal(text);
            if (number == null || number.precision() - number.scale() > 9) {
                cell.reject(FaultCode.BAD_NUMBER, "un nombre avec un point et deux décimales au plus");
            } else {
                cell.read(number.setScale(0, RoundingMode.HALF_UP).toPlainString());
            }
        }
    },
    /** At most two decimals and three digits before the point. */
    SHARES("numeric(5, 2)") {
        @Override
        void read(String text, Column column, Cell cell) {
            BigDecimal number = decimal(text);
            if (number == null || number.signum() < 0 || number.precision() - number.scale() > 3) {
                cell.reject(FaultCode.BAD_NUMBER, "un nombre avec un point et deux décimales au plus");
            } else {
                cell.read(number.setScale(2, RoundingMode.UNNECESSARY).toPlainString());
            }
        }
    },
    /** Euros with a point and at most two decimals. */
    MONEY("text") {
        @Override
        void read(String text, Column column, Cell cell) {
            BigDecimal number = decimal(text);
            if (number == null || number.precision() - number.scale() > 12) {
                cell.reject(FaultCode.BAD_NUMBER, "un montant avec un point et deux décimales au plus");
            } else {
                cell.read(number.setScale(2, RoundingMode.UNNECESSARY).toPlainString());
            }
        }
    },
    /** Euros with a point and at most two decimals, kept as whole cents. */
    CENTS("bigint") {
        @Override
        void read(String text, Column column, Cell cell) {
            BigDecimal number = decimal(text);
            if (number == null || number.precision() - number.scale() > 12) {
                cell.reject(FaultCode.BAD_NUMBER, "un montant avec un point et deux décimales au plus");
            } else {
                cell.read(Long.toString(number.movePointRight(2).longValueExact()));
            }
        }
    },
    /** How many, with at most two decimals. */
    QUANTITY("numeric(12, 2)") {
        @Override
        void read(String text, Column column, Cell cell) {
            BigDecimal number = decimal(text);
            if (number == null || number.precision() - number.scale() > 10) {
                cell.reject(FaultCode.BAD_NUMBER, "un nombre avec un point et deux décimales au plus");
            } else {
                cell.read(number.setScale(2, RoundingMode.UNNECESSARY).toPlainString());
            }
        }
    },
    BOOL("boolean") {
        @Override
        void read(String text, Column column, Cell cell) {
            if (text.equals("0") || text.equals("1")) {
                cell.read(text);
            } else {
                cell.reject(FaultCode.BAD_VALUE, "0 ou 1");
            }
        }
    },
    /** ISO digits, each once; stored in ascending order. */
    WEEKDAYS("text") {
        @Override
        void read(String text, Column column, Cell cell) {
            String sorted = text.chars()
                    .sorted()
                    .distinct()
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            if (sorted.length() == text.length() && WEEK.matcher(text).matches()) {
                cell.read(sorted);
            } else {
                cell.reject(FaultCode.BAD_VALUE, "des chiffres de 1 (lundi) à 7 (dimanche)");
            }
        }
    },
    WEEKDAY("smallint") {
        @Override
        void read(String text, Column column, Cell cell) {
            if (text.length() == 1 && WEEK.matcher(text).matches()) {
                cell.read(text);
            } else {
                cell.reject(FaultCode.BAD_VALUE, "un chiffre de 1 (lundi) à 7 (dimanche)");
            }
        }
    },
    MONTH_DAY("smallint") {
        @Override
        void read(String text, Column column, Cell cell) {
            if (text.length() <= 2
                    && DIGITS.matcher(text).matches()
                    && Integer.parseInt(text) >= 1
                    && Integer.parseInt(text) <= 31) {
                cell.read(Integer.toString(Integer.parseInt(text)));
            } else {
                cell.reject(FaultCode.BAD_NUMBER, "un jour du mois, de 1 à 31");
            }
        }
    },
    SCHOOL_YEAR("text") {
        @Override
        void read(String text, Column column, Cell cell) {
            if (YEARS.matcher(text).matches()
                    && Integer.parseInt(text.substring(0, 4)) + 1 == Integer.parseInt(text.substring(5))) {
                cell.read(text);
            } else {
                cell.reject(FaultCode.BAD_VALUE, "deux années qui se suivent, comme 2026-2027");
            }
        }
    },
    /** Kept as it is, even if mail would not arrive; then with a warning. */
    EMAIL("text") {
        @Override
        void read(String text, Column column, Cell cell) {
            if (text.length() > 254) {
                cell.reject(FaultCode.TOO_LONG, "254");
            } else {
                cell.read(text);
                if (!MAIL.matcher(text).matches()) {
                    cell.warn(FaultCode.BAD_EMAIL);
                }
            }
        }
    },
    /** Kept as it is, even if nobody would answer; then with a warning. */
    PHONE("text") {
        @Override
        void read(String text, Column column, Cell cell) {
            if (text.length() > 40) {
                cell.reject(FaultCode.TOO_LONG, "40");
            } else {
                cell.read(text);
                if (!CALL.matcher(text).matches()) {
                    cell.warn(FaultCode.BAD_PHONE);
                }
            }
        }
    },
    /** ISO 13616, its length and check digits verified; stored without blanks. */
    IBAN("text") {
        @Override
        void read(String text, Column column, Cell cell) {
            String packed = text.replace(" ", "").toUpperCase(Locale.ROOT);
            if (Ibans.isIban(packed)) {
                cell.read(packed);
            } else {
                cell.reject(FaultCode.BAD_IBAN, null);
            }
        }
    },
    /** Codes of one of the town's lists, joined by {@code |}. */
    CODES("text") {
        @Override
        void read(String text, Column column, Cell cell) {
            if (text.length() > 200) {
                cell.reject(FaultCode.TOO_LONG, "200");
            } else {
                cell.read(text);
            }
        }
    };

    private static final Pattern CLOCK_TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final Pattern WEEK = Pattern.compile("[1-7]+");
    private static final Pattern YEARS = Pattern.compile("\\d{4}-\\d{4}");
    private static final Pattern MAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)+");
    private static final Pattern CALL = Pattern.compile("\\+?[\\d .()/-]{6,}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,2})?");
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private final String type;

    Kind(String type) {
        this.type = type;
    }

    /** The text is trimmed, NFC and not empty. */
    abstract void read(String text, Column column, Cell cell);

    /** The type of a column of this kind in PostgreSQL. */
    public String type() {
        return type;
    }

    /** « M ou F ». */
    private static String oneOf(Set<String> words) {
        String all = String.join(", ", words);
        int last = all.lastIndexOf(", ");
        return last < 0 ? all : all.substring(0, last) + " ou " + all.substring(last + 2);
    }

    static boolean isRef(String text) {
        int length = text.length();
        if (length < 1 || length > 64) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '-' && c <= '9' || c == '_')) {
                return false;
            }
        }
        return true;
    }

    /** A day that exists, 1900 to 2999. By hand: a lot of bookings has millions. */
    static boolean isDate(String text) {
        if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return false;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        if (year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1) {
            return false;
        }
        return day <= DAYS[month - 1]
                || month == 2 && day == 29 && LocalDate.of(year, 1, 1).isLeapYear();
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static @Nullable BigDecimal decimal(String text) {
        return NUMBER.matcher(text).matches() ? new BigDecimal(text) : null;
    }
}
