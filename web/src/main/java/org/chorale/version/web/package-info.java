/** REST of versions: naming, comparing and going back. */
package org.chorale.version.web;
