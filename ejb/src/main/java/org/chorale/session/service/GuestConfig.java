package org.chorale.session.service;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether people without an account may come in. */
@Dependent
public class GuestConfig {
    @Inject
    @ConfigProperty(name = "chorale.guests.allowed", defaultValue = "true")
    public boolean allowed;
}
