/** The change log and the snapshots in the database. */
package org.chorale.document.store;
