package fr.portailfamille.launcher;

import java.nio.file.Path;
import java.util.Map;

/** The instance that the environment describes: the one of this clone, in its folder {@code .portail}. */
final class Settings {
    private Settings() {}

    /**
     * @param starting whether ports are chosen now; other commands go to those of the last start, unless told otherwise
     */
    static Instance instance(boolean starting) {
        Map<String, String> variables = System.getenv();
        Instance.Builder builder = Instance.in(Project.root().resolve(".portail"));
        if (starting || variables.containsKey("PORTAIL_PORT_OFFSET")) {
            builder.portOffset(number(variables, "PORTAIL_PORT_OFFSET", 0));
        } else {
            builder.portsOfLastStart();
        }
        builder.heap(variables.getOrDefault("PORTAIL_HEAP", "768m"));
        for (String option :
                variables.getOrDefault("PORTAIL_JAVA_OPTS", "").strip().split("\\s+", -1)) {
            if (!option.isEmpty()) {
                builder.serverOption(option);
            }
        }
        for (String name : new String[] {"PORTAIL_BASE_URL", "PORTAIL_MAIL_FROM", "PORTAIL_LOG_LEVEL"}) {
            if (variables.containsKey(name)) {
                builder.environment(name, variables.get(name));
            }
        }
        // The server works in a folder of its own.
        for (String name : new String[] {
            "PORTAIL_EXCHANGE_DIR", "PORTAIL_BOUNCE_DIR", "PORTAIL_BOUNCE_IMAP_PASSWORD_FILE", "PORTAIL_SMS_TOKEN_FILE"
        }) {
            String path = variables.getOrDefault(name, "").strip();
            if (!path.isEmpty()) {
                builder.environment(name, Path.of(path).toAbsolutePath().toString());
            }
        }
        if (variables.containsKey("PGHOST")) {
            builder.database(new DatabaseAddress(
                    variables.get("PGHOST"),
                    number(variables, "PGPORT", 5432),
                    variables.getOrDefault("PGUSER", "postgres"),
                    variables.getOrDefault("PGPASSWORD", ""),
                    variables.getOrDefault("PGDATABASE", "postgres"),
                    variables.getOrDefault("PORTAIL_DB_NAME", "portail")));
        }
        if (variables.containsKey("SMTP_HOST")) {
            builder.mailServer(variables.get("SMTP_HOST"), number(variables, "SMTP_PORT", 25));
        }
        return builder.build();
    }

    private static int number(Map<String, String> variables, String name, int otherwise) {
        String value = variables.getOrDefault(name, "").strip();
        try {
            return value.isEmpty() ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new Problem(name + " is not a number: " + value, e);
        }
    }
}
