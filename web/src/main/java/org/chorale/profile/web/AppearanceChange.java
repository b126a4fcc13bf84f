package org.chorale.profile.web;

import org.chorale.profile.Appearance;

/** Somebody looks otherwise from now on; an event, for those who show it. */
public record AppearanceChange(String userId, Appearance appearance) {}
