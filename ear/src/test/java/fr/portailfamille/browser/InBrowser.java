package fr.portailfamille.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import fr.portailfamille.launcher.Chromium;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a {@link Page} of a fresh profile (French, Europe/Paris) in one Chromium for all, and the base address of
 * the portal. A test that fails leaves a screenshot beside its report.
 */
public final class InBrowser implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final Namespace SPACE = Namespace.create(InBrowser.class);
    private static final Path SCREENSHOTS = Path.of("target/failsafe-reports/browser");

    @Override
    public void beforeEach(ExtensionContext test) {
        TestInstance.get();
        Chrome chrome =
                test.getRoot().getStore(SPACE).getOrComputeIfAbsent("chrome", key -> new Chrome(), Chrome.class);
        BrowserContext profile = chrome.browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(TestInstance.get().baseUrl())
                .setLocale("fr-FR")
                .setTimezoneId("Europe/Paris")
                .setViewportSize(1280, 900));
        test.getStore(SPACE).put("page", profile.newPage());
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Page page = test.getStore(SPACE).get("page", Page.class);
        if (test.getExecutionException().isPresent()) {
            String name = test.getRequiredTestClass().getSimpleName() + "."
                    + test.getRequiredTestMethod().getName();
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(SCREENSHOTS.resolve(name + ".png"))
                    .setFullPage(true));
        }
        page.context().close();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Page.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getStore(SPACE).get("page", Page.class);
    }

    /** Closed by JUnit after the last test. */
    private static final class Chrome implements AutoCloseable {
        // The system's browser is used: nothing is downloaded at run time.
        private final Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        private final Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Chromium.require())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync")));

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }
}
