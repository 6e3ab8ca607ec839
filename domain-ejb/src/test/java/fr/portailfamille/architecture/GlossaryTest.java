package fr.portailfamille.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Entity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Code, tables and glossary use the same words. */
class GlossaryTest {

    private static final Path GLOSSARY = Path.of("../docs/glossary.md");
    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");

    /** A row of a table: the second cell holds the identifiers, the third may add those that belong to them. */
    private static final Pattern IDENTIFIER = Pattern.compile("`([A-Z]\\w+)`");

    private static final Pattern NEW_TABLE =
            Pattern.compile("create (?:unlogged )?table (?:if not exists )?(\\w+)\\s*\\(", Pattern.CASE_INSENSITIVE);

    private static final Pattern OLD_TABLE = Pattern.compile("drop table (\\w+);", Pattern.CASE_INSENSITIVE);

    @Test
    void knows_every_entity() {
        assertThat(new ClassFileImporter()
                                .withImportOption(new ImportOption.DoNotIncludeTests())
                                .importPackages("fr.portailfamille")
                                .stream()
                                .filter(type -> type.isAnnotatedWith(Entity.class))
                                .map(JavaClass::getSimpleName))
                .isNotEmpty()
                .isSubsetOf(identifiers());
    }

    @Test
    void knows_every_table() throws IOException {
        assertThat(tables()).contains("Booking", "Town").isSubsetOf(identifiers());
    }

    @Test
    void has_one_row_for_each_word() throws IOException {
        assertThat(Files.readAllLines(GLOSSARY).stream()
                        .filter(line -> line.startsWith("| ") && !line.startsWith("| French"))
                        .map(line -> line.split("\\|")[2].strip()))
                .isNotEmpty()
                .doesNotHaveDuplicates()
                .allMatch(cell -> IDENTIFIER.matcher(cell).find());
    }

    private static Set<String> identifiers() {
        try {
            return Files.readAllLines(GLOSSARY).stream()
                    .filter(line -> line.startsWith("|"))
                    .flatMap(line -> IDENTIFIER.matcher(line).results())
                    .map(identifier -> identifier.group(1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that a later migration dropped are no words of ours any more. */
    private static Set<String> tables() throws IOException {
        Set<String> tables = named(NEW_TABLE);
        tables.removeAll(named(OLD_TABLE));
        return tables;
    }

    private static Set<String> named(Pattern statement) throws IOException {
        try (Stream<Path> files = Files.list(MIGRATIONS)) {
            return files.flatMap(migration -> named(statement, migration)).collect(Collectors.toSet());
        }
    }

    private static Stream<String> named(Pattern statement, Path migration) {
        try {
            return statement.matcher(Files.readString(migration)).results().map(GlossaryTest::identifier);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String identifier(MatchResult table) {
        return Arrays.stream(table.group(1).split("_"))
                .map(word -> word.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }
}
