/** What was done to sessions themselves and to accounts, so that nobody can change it afterwards without being found out. */
package org.chorale.audit;
