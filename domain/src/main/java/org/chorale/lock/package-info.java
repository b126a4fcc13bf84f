/** Locks: leases on elements, by which people keep others from editing what they are working on. */
package org.chorale.lock;
