/** How often something may be done. */
package org.chorale.limit;
