/** Assets and sessions' pictures in the database. */
package org.chorale.asset.store;
