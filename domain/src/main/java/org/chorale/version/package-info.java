/** Revisions that people gave a name. */
package org.chorale.version;
