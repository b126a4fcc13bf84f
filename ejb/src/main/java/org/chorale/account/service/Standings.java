package org.chorale.account.service;

import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.chorale.account.Identity;
import org.chorale.account.store.AccountEntity;
import org.chorale.account.store.ApiKeyEntity;
import org.chorale.account.store.SignInEntity;

/** Whether what somebody came in by is still worth something, for connections that outlast it. */
@Stateless
public class Standings {
    @PersistenceContext
    private EntityManager entities;

    /** Whether the account may be used, and the sign-in or the key that the token was of is there. */
    public boolean isGood(Identity identity) {
        AccountEntity account = entities.find(AccountEntity.class, identity.userId());
        return account != null && !account.toAccount().isDisabled()
            && identity.signIn().map(id -> entities.find(SignInEntity.class, id) != null).orElse(true)
            && identity.apiKey().map(id -> entities.find(ApiKeyEntity.class, id) != null).orElse(true);
    }
}
