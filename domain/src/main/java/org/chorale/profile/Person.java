package org.chorale.profile;

/** What others may see of somebody with an account. */
public record Person(String userId, String name, String color, Appearance appearance) {}
