package fr.portailfamille.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ejb.MessageDriven;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateful;
import jakarta.ejb.Stateless;
import java.time.Clock;
import java.util.Date;

/** The rules that hold over all modules. Each names the package of samples that breaks it. */
enum ModuleRule {
    WEB_APPLICATIONS_DO_NOT_KNOW_EACH_OTHER(
            "portal",
            noClasses()
                    .that()
                    .resideInAPackage("..portal..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("..backoffice..", "fr.portailfamille.batch..")),

    BACK_OFFICE_DOES_NOT_KNOW_THE_PORTAL(
            "backoffice",
            noClasses()
                    .that()
                    .resideInAnyPackage("..backoffice..", "fr.portailfamille.batch..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("..portal..")),

    ONLY_THE_DOMAIN_TOUCHES_THE_DATABASE(
            "database",
            noClasses()
                    .that()
                    .resideInAnyPackage(Modules.WEB)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("javax.sql..", "java.sql..", "jakarta.persistence..", "org.jdbi..")
                    .because("the wall of the town stands in the domain's boundaries")),

    BEANS_WITH_TRANSACTIONS_LIVE_IN_THE_DOMAIN(
            "bean",
            noClasses()
                    .that()
                    .resideInAnyPackage(Modules.WEB)
                    .should()
                    .beAnnotatedWith(Stateless.class)
                    .orShould()
                    .beAnnotatedWith(Stateful.class)
                    .orShould()
                    .beAnnotatedWith(Singleton.class)
                    .orShould()
                    .beAnnotatedWith(MessageDriven.class)
                    .because("the interceptor that binds the town does not reach them in a WAR")),

    NO_TIME_WITHOUT_A_CLOCK(
            "clock",
            noClasses()
                    .should()
                    .accessTargetWhere(readsTheSystemsTime())
                    .because("the clock is injected, so that tests may set it")),

    NAMES_TELL_THE_ROLE(
            "naming",
            noClasses()
                    .should()
                    .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Dto|DTO)(\\$.*)?")
                    .orShould()
                    .haveNameMatching(".*\\.Abstract\\w+"));

    private final String samples;
    private final ArchRule rule;

    ModuleRule(String samples, ArchRule rule) {
        this.samples = samples;
        this.rule = rule;
    }

    ArchRule rule() {
        return rule;
    }

    /** The package whose classes break the rule. */
    String samples() {
        return ModuleRule.class.getPackageName() + ".sample." + samples;
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheSystemsTime() {
        return DescribedPredicate.describe("reads the system's time", access -> {
            AccessTarget target = access.getTarget();
            String owner = target.getOwner().getName();
            return (owner.startsWith("java.time.") && target.getName().equals("now") && !takesAClock(target))
                    || (owner.equals(System.class.getName()) && target.getName().equals("currentTimeMillis"))
                    || (owner.equals(Date.class.getName()) && isConstructorWithoutArguments(target))
                    || (owner.equals(Clock.class.getName())
                            && target.getName().startsWith("system")
                            && !access.getOriginOwner().getName().startsWith("fr.portailfamille.common.PortalClock"));
        });
    }

    private static boolean takesAClock(AccessTarget target) {
        return target instanceof AccessTarget.CodeUnitAccessTarget call
                && call.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
    }

    private static boolean isConstructorWithoutArguments(AccessTarget target) {
        return target instanceof AccessTarget.ConstructorCallTarget call
                && call.getRawParameterTypes().isEmpty();
    }

    /** Where the modules' classes are. */
    static final class Modules {

        private static final String[] WEB = {
            "fr.portailfamille.web..",
            "fr.portailfamille.portal..",
            "fr.portailfamille.backoffice..",
            "fr.portailfamille.batch..",
            "fr.portailfamille.architecture.sample.."
        };

        private Modules() {}
    }
}
