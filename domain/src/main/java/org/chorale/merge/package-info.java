/** Bringing one line of a document into another: what differs, what can be taken over, and what people have to decide. */
package org.chorale.merge;
