package fr.portailfamille.notice.letter;

import java.util.regex.Pattern;

/** A town's colour as {@code #RRGGBB}, and the ink that can be read on it. */
record BrandColour(String value) {

    private static final String DEFAULT = "#0B5CAD";
    private static final Pattern FORM = Pattern.compile("#[0-9A-Fa-f]{6}");

    BrandColour {
        // It goes into a style attribute, where escaping alone would not stop other declarations.
        if (value == null || !FORM.matcher(value).matches()) {
            value = DEFAULT;
        }
    }

    /** White or the dark ink of the portal, whichever contrasts more (WCAG 2). */
    String ink() {
        double luminance = luminance();
        double white = 1.05 / (luminance + 0.05);
        double dark = (luminance + 0.05) / (new BrandColour("#1C2430").luminance() + 0.05);
        return white >= dark ? "#FFFFFF" : "#1C2430";
    }

    private double luminance() {
        return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
    }

    private double channel(int at) {
        double level = Integer.parseInt(value.substring(at, at + 2), 16) / 255.0;
        return level <= 0.03928 ? level / 12.92 : Math.pow((level + 0.055) / 1.055, 2.4);
    }
}
