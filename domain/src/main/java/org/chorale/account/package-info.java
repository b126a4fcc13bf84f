/** Who somebody is: accounts, what proves them, and how often somebody may guess. */
package org.chorale.account;
