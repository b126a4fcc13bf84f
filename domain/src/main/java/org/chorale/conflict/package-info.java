/** What happens when two people write one register without knowing of each other: policies, blends of values, and records of what is open. */
package org.chorale.conflict;
