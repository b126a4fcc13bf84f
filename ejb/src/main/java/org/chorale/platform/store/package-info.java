/** What every store shares: the schema's migration, and how times are kept. */
package org.chorale.platform.store;
