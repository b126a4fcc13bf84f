/** What the server tells about itself at {@code /metrics}. */
package org.chorale.platform.metrics;
