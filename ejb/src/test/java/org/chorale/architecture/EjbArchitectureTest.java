package org.chorale.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ejb.Stateless;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.Test;

/** The lines that the module {@code ejb} keeps. */
class EjbArchitectureTest {
    private static final JavaClasses EJB = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("org.chorale");

    @Test
    void services_know_neither_http_nor_websockets() {
        noClasses().should().dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "jakarta.servlet..", "jakarta.websocket..", "..web..").check(EJB);
    }

    @Test
    void only_codecs_know_json() {
        noClasses().that().resideOutsideOfPackage("..codec..").should().dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.jackson..", "jakarta.json..").check(EJB);
    }

    @Test
    void entities_stay_in_stores() {
        classes().that().areAnnotatedWith(Entity.class).should().resideInAPackage("..store..").andShould().haveSimpleNameEndingWith("Entity").check(EJB);
        noClasses().that().resideInAPackage("..codec..").should().dependOnClassesThat(resideInAPackage("..store..")).check(EJB);
    }

    @Test
    void only_transactional_beans_use_the_entity_manager() {
        noClasses().that().areNotAnnotatedWith(Stateless.class).should().dependOnClassesThat().areAssignableTo(EntityManager.class).check(EJB);
    }

    @Test
    void nothing_prints_or_hides_behind_a_vague_name() {
        noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err").check(EJB);
        noClasses().should().haveSimpleNameEndingWith("Impl").orShould().haveSimpleNameEndingWith("Manager")
            .orShould().haveSimpleNameEndingWith("Helper").orShould().haveSimpleNameEndingWith("Util").check(EJB);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("org.chorale.(*).(*)..").should().beFreeOfCycles().check(EJB);
    }
}
