package fr.portailfamille.notice.bounce;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Groups of fields as in the header of a mail, parted by empty lines. Whatever is no field is passed over. */
final class HeaderFields {

    private final Map<String, StringBuilder> fields = new HashMap<>();

    private HeaderFields() {}

    /**
     * Reads the first groups.
     *
     * @param longest octets after which the rest is left unread
     */
    static List<HeaderFields> read(InputStream in, int longest, int most) throws IOException {
        List<HeaderFields> groups = new ArrayList<>();
        HeaderFields group = new HeaderFields();
        StringBuilder last = new StringBuilder();
        for (String line : new String(in.readNBytes(longest), StandardCharsets.UTF_8).split("\r\n|\n|\r", -1)) {
            if (line.isBlank()) {
                if (!group.fields.isEmpty()) {
                    groups.add(group);
                    group = new HeaderFields();
                }
                if (groups.size() == most) {
                    return groups;
                }
                last = new StringBuilder();
            } else if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
                last.append(' ').append(line.strip());
            } else {
                last = group.begin(line);
            }
        }
        if (!group.fields.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }

    /** The first field of a name counts. */
    private StringBuilder begin(String line) {
        int colon = line.indexOf(':');
        StringBuilder value = new StringBuilder();
        if (colon > 0) {
            value.append(line.substring(colon + 1).strip());
            fields.putIfAbsent(line.substring(0, colon).strip().toLowerCase(Locale.ROOT), value);
        }
        return value;
    }

    /** Unfolded; empty for one that is not there. */
    String get(String name) {
        StringBuilder value = fields.get(name);
        return value == null ? "" : value.toString().strip();
    }

    /** Of a field that names its kind first, as {@code smtp; 550 no} or {@code rfc822; a@b.invalid}. */
    String typed(String name) {
        String value = get(name);
        return value.substring(value.indexOf(';') + 1).strip();
    }
}
