/** The change log in the database. */
package org.chorale.document.store;
