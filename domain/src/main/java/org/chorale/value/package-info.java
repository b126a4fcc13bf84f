/** What a property can hold: JSON's values, checked once when they are made, and their canonical text. */
package org.chorale.value;
