package fr.portailfamille.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.interceptor.ExcludeDefaultInterceptors;
import jakarta.persistence.Entity;
import java.util.Set;
import java.util.stream.Stream;

/** The rules of this module. Each names the package of samples that breaks it. */
enum ArchitectureRule {
    FEATURES_WITHOUT_CYCLES(
            "cycle",
            slices().matching("fr.portailfamille.(**)")
                    .should()
                    .beFreeOfCycles()
                    .as("features are free of cycles")),

    COMMON_KNOWS_NO_FEATURE(
            "",
            noClasses()
                    .that()
                    .resideInAPackage("..common..")
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("fr.portailfamille..").and(not(resideInAPackage("..common.."))))),

    NO_WEB_AND_NO_BATCH(
            "layer",
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "jakarta.faces..",
                            "jakarta.batch..",
                            "jakarta.servlet..",
                            "jakarta.ws.rs..",
                            "org.primefaces..",
                            "org.omnifaces..")
                    .because("this module serves pages, jobs and the exchange alike")),

    BOUNDARIES_SAY_WHO_MAY_CALL(
            "boundary",
            classes()
                    .that()
                    .areAnnotatedWith(Stateless.class)
                    .should(beAnnotatedWithOneOf(Set.of(RolesAllowed.class, PermitAll.class, DenyAll.class)))),

    TOWN_BOUNDARIES_ALWAYS_HAVE_A_TRANSACTION(
            "boundary",
            classes()
                    .that()
                    .areAnnotatedWith(Stateless.class)
                    .and(are(not(outsideTheWall())))
                    .should(runInATransactionOfTheContainer())
                    .because("the wall binds the town to the transaction")),

    ONLY_NAMED_BEANS_STAND_OUTSIDE_THE_WALL(
            "boundary",
            noClasses()
                    .that()
                    .haveNameNotMatching(ArchitectureRule.OUTSIDE_THE_WALL)
                    .should()
                    .beAnnotatedWith(ExcludeDefaultInterceptors.class)
                    .because("whoever stands outside has to enter by the gate; a new one is argued for here")),

    ENTITIES_STAY_IN_THEIR_PACKAGE(
            "entity",
            classes()
                    .that()
                    .areAnnotatedWith(Entity.class)
                    .should()
                    .notBePublic()
                    .because("no entity leaves the boundary")),

    ENTITIES_HAVE_NO_SETTERS(
            "entity", classes().that().areAnnotatedWith(Entity.class).should(haveNoSetters()));

    /** The gate and what works before, between or around towns: sign-in, the operator, the schema and its months, the postman. */
    private static final String OUTSIDE_THE_WALL = ".*\\.("
            + "common\\.(TownGate|SchemaUpgrade|ChangeLogMonths|ChangeLogSchedule)|town\\.TownOpening|operator\\.OperatorDesk"
            + "|(account|agent)\\.(Account|Agent)Entrance|account\\.(AccountPost|PasswordChange)"
            + "|exchange\\.ExchangeSignIn|notice\\.post\\.(DueNotices|PostOffice)|notice\\.sms\\.(DueMessages|SmsOffice))";

    private final String samples;
    private final ArchRule rule;

    ArchitectureRule(String samples, ArchRule rule) {
        this.samples = samples;
        this.rule = rule;
    }

    ArchRule rule() {
        return rule;
    }

    /** The package, below this one's {@code sample}, whose classes break the rule. */
    String samples() {
        String root = ArchitectureRule.class.getPackageName() + ".sample";
        return samples.isEmpty() ? root : root + "." + samples;
    }

    /** The gate, the opening of towns and the like, which work before or between towns. */
    private static DescribedPredicate<CanBeAnnotated> outsideTheWall() {
        return DescribedPredicate.describe(
                "outside the wall", bean -> bean.isAnnotatedWith(ExcludeDefaultInterceptors.class));
    }

    private static ArchCondition<JavaClass> beAnnotatedWithOneOf(
            Set<Class<? extends java.lang.annotation.Annotation>> annotations) {
        return condition(
                "say who may call",
                boundary -> annotations.stream().anyMatch(boundary::isAnnotatedWith),
                "says nothing of who may call");
    }

    private static ArchCondition<JavaClass> runInATransactionOfTheContainer() {
        return condition(
                "run in a transaction of the container",
                boundary -> Stream.concat(Stream.of(boundary), boundary.getMethods().stream())
                        .noneMatch(ArchitectureRule::avoidsTheTransaction),
                "may run without the container's transaction");
    }

    private static boolean avoidsTheTransaction(CanBeAnnotated annotated) {
        return annotated.isAnnotatedWith(DescribedPredicate.describe(
                "no transaction of the container",
                annotation -> (annotation.getRawType().isEquivalentTo(TransactionAttribute.class)
                                && annotation.as(TransactionAttribute.class).value()
                                        != TransactionAttributeType.REQUIRED
                                && annotation.as(TransactionAttribute.class).value()
                                        != TransactionAttributeType.REQUIRES_NEW
                                && annotation.as(TransactionAttribute.class).value()
                                        != TransactionAttributeType.MANDATORY)
                        || (annotation.getRawType().isEquivalentTo(TransactionManagement.class)
                                && annotation.as(TransactionManagement.class).value()
                                        == TransactionManagementType.BEAN)));
    }

    private static ArchCondition<JavaClass> haveNoSetters() {
        return condition(
                "have no setters",
                entity -> entity.getMethods().stream()
                        .filter(method -> !method.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .noneMatch(method -> method.getName().matches("set[A-Z].*")),
                "has a setter");
    }

    private static ArchCondition<JavaClass> condition(
            String description, java.util.function.Predicate<JavaClass> kept, String broken) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass checked, ConditionEvents events) {
                events.add(new SimpleConditionEvent(
                        checked,
                        kept.test(checked),
                        checked.getName() + (kept.test(checked) ? " keeps it" : " " + broken)));
            }
        };
    }
}
