/** What time it is. */
package org.chorale.platform.time;
