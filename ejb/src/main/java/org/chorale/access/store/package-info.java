/** Who may do what, in the database. */
package org.chorale.access.store;
