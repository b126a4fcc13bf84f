/** Chat in the database. */
package org.chorale.chat.store;
