package fr.portailfamille.browser;

import com.microsoft.playwright.Page;
import java.nio.file.Path;

/** Pictures of a page, left beside the build for a person to look at. */
public final class Screens {

    private static final int[] WIDTHS = {1280, 390};
    private static final int HEIGHT = 900;

    private Screens() {}

    /** As a desktop and as a telephone show it; the page is as wide as a desktop's afterwards. */
    public static void keep(Page page, String name) {
        for (int width : WIDTHS) {
            page.setViewportSize(width, HEIGHT);
            page.screenshot(new Page.ScreenshotOptions()
                    .setFullPage(true)
                    .setPath(Path.of("target", "screens", name + "-" + width + ".png")));
        }
        page.setViewportSize(WIDTHS[0], HEIGHT);
    }
}
