package fr.portailfamille.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchitectureTest {

    private static final JavaClasses MODULE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("fr.portailfamille");

    @ParameterizedTest
    @EnumSource
    void is_kept_by_the_module(ArchitectureRule rule) {
        rule.rule().check(MODULE);
    }

    /** A rule that matches nothing would be kept for ever. */
    @ParameterizedTest
    @EnumSource
    void is_broken_by_its_sample(ArchitectureRule rule) {
        JavaClasses samples = new ClassFileImporter().importPackages(rule.samples());

        assertThat(rule.rule().evaluate(samples).hasViolation()).isTrue();
    }
}
