package fr.portailfamille.web;

/**
 * What a town's colour becomes on the page. Text in the colour must reach 4.5:1 on white, so a lighter colour is darkened
 * for text; on dark pages it is lightened likewise.
 */
record TownTheme(String brand, String ink, String text, String onDark) {

    private static final double READABLE = 4.5;
    /** Relative luminance of the dark page's surface. */
    private static final double DARK = 0.0144;

    static TownTheme of(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        return new TownTheme(
                colour, contrast(luminance(rgb), 1) >= READABLE ? "#FFFFFF" : "#000000", darken(rgb), lighten(rgb));
    }

    String css() {
        return """
                :root{--brand:%s;--brand-ink:%s;--brand-text:%s;--brand-soft:color-mix(in srgb,%s 8%%,#fff)}
                @media (prefers-color-scheme:dark){:root{--brand-text:%s;--brand-soft:color-mix(in srgb,%s 22%%,#161B22)}}
                """.formatted(brand, ink, text, brand, onDark, brand);
    }

    private static String darken(int rgb) {
        int shade = rgb;
        while (contrast(luminance(shade), 1) < READABLE) {
            shade = mix(shade, 0x000000);
        }
        return hex(shade);
    }

    private static String lighten(int rgb) {
        int tint = rgb;
        while (contrast(luminance(tint), DARK) < READABLE + 1) {
            tint = mix(tint, 0xFFFFFF);
        }
        return hex(tint);
    }

    private static int mix(int rgb, int towards) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int from = rgb >> shift & 0xFF;
            int to = towards >> shift & 0xFF;
            // At least one step, or a channel close to its end would stand still for ever.
            int step = (int) Math.round((to - from) * 0.08);
            mixed |= (from + (step == 0 ? Integer.signum(to - from) : step)) << shift;
        }
        return mixed;
    }

    /** WCAG 2: (lighter + 0.05) / (darker + 0.05). */
    static double contrast(double one, double other) {
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 0xFF) + 0.7152 * linear(rgb >> 8 & 0xFF) + 0.0722 * linear(rgb & 0xFF);
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private static String hex(int rgb) {
        return String.format("#%06X", rgb);
    }
}
