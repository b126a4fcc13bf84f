/** The document of one branch: its elements, the changes that make it, and the rules by which a change is decided. */
package org.chorale.document;
