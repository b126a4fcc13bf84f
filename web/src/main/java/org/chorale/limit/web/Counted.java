package org.chorale.limit.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A call that is counted apart, besides with all others that change something. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Counted {
    /** What a call is. */
    enum As { SESSION, UPLOAD, WRITE }

    As value();
}
