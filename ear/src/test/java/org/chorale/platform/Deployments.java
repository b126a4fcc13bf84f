package org.chorale.platform;

import java.io.File;
import java.net.URISyntaxException;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The built application, as it is or with its pages replaced by tests that run inside. */
public final class Deployments {
    private Deployments() {}

    /**
     * The EAR, untouched, under the test's name: the server's health service confuses an application with an earlier one of the same
     * name.
     */
    public static EnterpriseArchive application(Class<?> test) {
        return ShrinkWrap.create(ZipImporter.class, test.getSimpleName() + ".ear").importFrom(new File(System.getProperty("chorale.ear"))).as(EnterpriseArchive.class);
    }

    /** The EAR with a web module in the place of its own that holds a test class and, where it has one, the contract that it extends. */
    public static EnterpriseArchive withTests(Class<?> test) {
        EnterpriseArchive application = application(test);
        application.getContent(path -> path.get().endsWith(".war")).keySet().forEach(application::delete);
        application.delete("/META-INF/application.xml");
        var inside = ShrinkWrap.create(WebArchive.class, "tests.war")
            .addClass(test)
            .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
            .addAsLibraries(jarOf(Assertions.class));
        if (test.getSuperclass() != Object.class) {
            inside.addClass(test.getSuperclass());
        }
        return application.addAsModule(Testable.archiveToTest(inside));
    }

    private static File jarOf(Class<?> type) {
        try {
            return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
