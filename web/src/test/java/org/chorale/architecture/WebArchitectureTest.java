package org.chorale.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.websocket.RemoteEndpoint;
import org.junit.jupiter.api.Test;

/** The lines that the module {@code web} keeps. */
class WebArchitectureTest {
    private static final JavaClasses WEB = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_JARS).importPackages("org.chorale");

    @Test
    void the_web_knows_no_database_and_no_transactions() {
        noClasses().that().resideInAPackage("..web..").should().dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "jakarta.transaction..").check(WEB);
    }

    @Test
    void every_class_of_this_module_is_in_a_web_package() {
        classes().that().haveSimpleNameEndingWith("Resource").or().haveSimpleNameEndingWith("Endpoint").should().resideInAPackage("..web").check(WEB);
    }

    @Test
    void only_a_connection_writes_to_its_socket() {
        noClasses().that().doNotHaveSimpleName("Connection").should().dependOnClassesThat().areAssignableTo(RemoteEndpoint.class).check(WEB);
    }
}
