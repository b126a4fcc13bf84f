/** Where the database is, and connections to it beside the pool. */
package org.chorale.platform.database;
