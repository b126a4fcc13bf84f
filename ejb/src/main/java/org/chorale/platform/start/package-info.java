/** How a server ends that must not start. */
package org.chorale.platform.start;
