/** Plain text that several people edit at once: edits as data, and the algebra that lets them meet. */
package org.chorale.text;
