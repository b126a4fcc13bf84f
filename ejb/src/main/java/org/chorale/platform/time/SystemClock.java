package org.chorale.platform.time;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;

/** The clock that services are given; tests give them another one. */
@ApplicationScoped
public class SystemClock {
    @Produces
    Clock clock() {
        return Clock.systemUTC();
    }
}
