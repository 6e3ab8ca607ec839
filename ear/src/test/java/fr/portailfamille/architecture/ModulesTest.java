package fr.portailfamille.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import fr.portailfamille.launcher.Project;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModulesTest {

    private static final List<Path> FOLDERS =
            List.of("domain-ejb", "ear/web-common", "portal-web", "backoffice-web", "batch").stream()
                    .map(module -> Project.root().resolve(module).resolve("target/classes"))
                    .toList();

    private static final JavaClasses MODULES = new ClassFileImporter().importPaths(FOLDERS);

    @Test
    void are_all_there() {
        assertThat(FOLDERS).allSatisfy(folder -> assertThat(folder).isDirectory());
        assertThat(MODULES.stream().map(type -> type.getPackageName().split("\\.")[2]))
                .contains("common", "web", "portal", "backoffice", "batch");
    }

    @ParameterizedTest
    @EnumSource
    void keep(ModuleRule rule) {
        rule.rule().check(MODULES);
    }

    /** A rule that matches nothing would be kept for ever. */
    @ParameterizedTest
    @EnumSource
    void would_be_caught_breaking(ModuleRule rule) {
        JavaClasses samples = new ClassFileImporter().importPackages(rule.samples());

        assertThat(rule.rule().evaluate(samples).hasViolation()).isTrue();
    }
}
