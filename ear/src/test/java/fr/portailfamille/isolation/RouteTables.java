package fr.portailfamille.isolation;

import fr.portailfamille.launcher.Project;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The route tables of the web applications, asked for what is in them: their classes are in no archive of the tests. */
final class RouteTables {

    private RouteTables() {}

    /** A page of an application, and the role it needs. */
    record Page(String path, Optional<String> role) {}

    static List<Page> portal() {
        return pages("portal-web", "fr.portailfamille.portal.PortalRoutes");
    }

    static List<Page> backoffice() {
        return pages("backoffice-web", "fr.portailfamille.backoffice.BackofficeRoutes");
    }

    private static List<Page> pages(String module, String filter) {
        URL[] places = {classes(module), classes("ear/web-common")};
        try (URLClassLoader loader = new URLClassLoader(places, RouteTables.class.getClassLoader())) {
            Class<?> type = loader.loadClass(filter);
            Method routes = type.getDeclaredMethod("routes");
            routes.setAccessible(true);
            Object table = routes.invoke(type.getConstructor().newInstance());
            List<Page> pages = new ArrayList<>();
            for (Object route : (List<?>) table.getClass().getMethod("all").invoke(table)) {
                Optional<?> role = (Optional<?>) value(route, "role");
                pages.add(new Page((String) value(route, "path"), role.map(String.class::cast)));
            }
            return pages;
        } catch (ReflectiveOperationException | java.io.IOException e) {
            throw new IllegalStateException("The routes of " + module + " cannot be read", e);
        }
    }

    private static Object value(Object route, String component)
            throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
        return route.getClass().getMethod(component).invoke(route);
    }

    private static URL classes(String module) {
        try {
            return Project.root()
                    .resolve(module)
                    .resolve("target/classes")
                    .toUri()
                    .toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }
}
