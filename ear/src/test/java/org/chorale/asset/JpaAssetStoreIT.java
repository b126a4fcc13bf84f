package org.chorale.asset;

import jakarta.inject.Inject;
import org.chorale.asset.service.AssetStoreContract;
import org.chorale.platform.Deployments;
import org.chorale.session.NewSession;
import org.chorale.session.SessionId;
import org.chorale.session.SessionKind;
import org.chorale.session.Visibility;
import org.chorale.session.service.SessionService;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Assets in the database, with the container's transactions. */
@ExtendWith(ArquillianExtension.class)
@Tag("database")
public class JpaAssetStoreIT extends AssetStoreContract {
    @Inject
    private AssetStore store;
    @Inject
    private SessionService sessions;

    @Deployment
    public static EnterpriseArchive deployment() {
        return Deployments.withTests(JpaAssetStoreIT.class);
    }

    @Override
    protected AssetStore store() {
        return store;
    }

    @Override
    protected SessionId newSession() {
        return sessions.start(new NewSession("session", SessionKind.SCENE, Visibility.LINK, 5)).session().id();
    }

    @Override
    protected void close(SessionId session) {
        sessions.close(session);
    }
}
