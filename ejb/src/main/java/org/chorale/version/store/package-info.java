/** Versions in the database. */
package org.chorale.version.store;
