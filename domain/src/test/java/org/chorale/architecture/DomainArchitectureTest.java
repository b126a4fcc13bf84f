package org.chorale.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The lines that the module {@code domain} keeps. */
class DomainArchitectureTest {
    private static final JavaClasses DOMAIN = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.chorale");

    @Test
    void the_domain_is_plain_java() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage("org.chorale..", "java..").check(DOMAIN);
    }

    @Test
    void the_domain_neither_logs_nor_reads_clocks() {
        noClasses().should().dependOnClassesThat().areAssignableTo(Clock.class)
            .orShould().dependOnClassesThat().areAssignableTo(System.Logger.class)
            .orShould().callMethod(Instant.class, "now")
            .orShould().callMethod(System.class, "currentTimeMillis")
            .check(DOMAIN);
    }

    @Test
    void features_have_no_cycles() {
        slices().matching("org.chorale.(*)..").should().beFreeOfCycles().check(DOMAIN);
    }
}
