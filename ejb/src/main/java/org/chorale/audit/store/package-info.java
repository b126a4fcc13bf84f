/** The audit log in the database. */
package org.chorale.audit.store;
