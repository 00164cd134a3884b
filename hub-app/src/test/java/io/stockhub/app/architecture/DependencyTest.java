package io.stockhub.app.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Arrows of dependency point down: hub-app, routes, connectors, mappings; the stock master knows nobody. */
class DependencyTest {
    private static final JavaClasses HUB = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(
                    "io.stockhub.app",
                    "io.stockhub.routes",
                    "io.stockhub.connectors",
                    "io.stockhub.mapping",
                    "io.stockhub.stock",
                    "io.stockhub.postgres");

    @Test
    void theStockMasterKnowsNothingAroundIt() {
        classes()
                .that()
                .resideInAPackage("io.stockhub.stock..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.stockhub.stock..",
                        "java..",
                        "javax.sql..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "com.fasterxml.jackson..",
                        "org.yaml.snakeyaml..")
                .because("the ledger must be testable and reusable without the hub around it")
                .check(HUB);
    }

    @Test
    void mappingsKnowNoTransportAndNoDatabase() {
        noClasses()
                .that()
                .resideInAPackage("io.stockhub.mapping..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.camel..",
                        "org.springframework..",
                        "java.sql..",
                        "io.stockhub.connectors..",
                        "io.stockhub.routes..",
                        "io.stockhub.stock..",
                        "io.stockhub.app..")
                .because("a mapping is text in, text out")
                .check(HUB);
    }

    @Test
    void connectorsKnowOnlyMappings() {
        noClasses()
                .that()
                .resideInAPackage("io.stockhub.connectors..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        "java.sql..",
                        "io.stockhub.routes..",
                        "io.stockhub.stock..",
                        "io.stockhub.app..")
                .because("how to talk to a system has no business in it")
                .check(HUB);
    }

    @Test
    void routesSeeOnlyTheFrontDoorOfTheStockMaster() {
        noClasses()
                .that()
                .resideInAPackage("io.stockhub.routes..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.stockhub.stock.jdbc..",
                        "io.stockhub.stock.ledger..",
                        "io.stockhub.app..",
                        "io.stockhub.postgres..")
                .because("decisions about stock are made in one place")
                .check(HUB);
    }

    @Test
    void onlyTheWiringNamesImplementations() {
        noClasses()
                .that()
                .resideInAPackage("io.stockhub.app..")
                .and()
                .resideOutsideOfPackage("io.stockhub.app.wiring..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.stockhub.stock.jdbc..",
                        "io.stockhub.stock.ledger..",
                        "io.stockhub.routes.*..",
                        "org.apache.camel..")
                .because("everything else stands on front doors")
                .check(HUB);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.stockhub.(**)").should().beFreeOfCycles().check(HUB);
    }

    @Test
    void nothingDeserializesJavaObjects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(java.io.ObjectInputStream.class)
                .check(HUB);
    }
}
