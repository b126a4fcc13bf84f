/** Accounts in the database. */
package org.chorale.account.store;
