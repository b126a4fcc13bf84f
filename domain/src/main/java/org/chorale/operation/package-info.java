/** The edits people make and what they address: elements by id, registers by path, places by order key. */
package org.chorale.operation;
