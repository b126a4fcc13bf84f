/** Sessions in the database. */
package org.chorale.session.store;
