/** Merge requests in the database. */
package org.chorale.mergerequest.store;
