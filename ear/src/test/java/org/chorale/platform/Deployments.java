package org.chorale.platform;

import java.io.File;
import java.net.URISyntaxException;
import org.assertj.core.api.Assertions;
import org.chorale.document.service.ChangeLogContract;
import org.jboss.arquillian.container.test.api.Testable;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The built application, as it is or with its pages replaced by tests that run inside. */
public final class Deployments {
    private Deployments() {}

    /** The EAR, untouched: for tests that come from outside. */
    public static EnterpriseArchive application() {
        return ShrinkWrap.create(ZipImporter.class, "chorale.ear").importFrom(new File(System.getProperty("chorale.ear"))).as(EnterpriseArchive.class);
    }

    /** The EAR with a web module of test classes in the place of its own. */
    public static EnterpriseArchive withTests(Class<?>... tests) {
        EnterpriseArchive application = application();
        application.getContent(path -> path.get().endsWith(".war")).keySet().forEach(application::delete);
        application.delete("/META-INF/application.xml");
        var inside = ShrinkWrap.create(WebArchive.class, "tests.war")
            .addClasses(tests)
            .addClass(ChangeLogContract.class)
            .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
            .addAsLibraries(jarOf(Assertions.class));
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
