package org.chorale.session;

/** What a session's document is about: which workspace opens it. */
public enum SessionKind { SCENE, PARAMETERS, CANVAS, BENCH }
