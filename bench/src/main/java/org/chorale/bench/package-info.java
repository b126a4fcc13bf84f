/** Measurements of the domain kernel: JMH benchmarks, and two programs of their own. {@code bench/README.md} says how to run them. */
package org.chorale.bench;
