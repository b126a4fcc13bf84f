/** Sessions: people editing one document together, and the seats they take in it. */
package org.chorale.session;
