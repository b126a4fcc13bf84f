/** What was done to sessions themselves, so that nobody can change it afterwards without being found out. */
package org.chorale.audit;
