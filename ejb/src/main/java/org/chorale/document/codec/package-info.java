/** The JSON form of documents and changes: what is sent is what is stored. */
package org.chorale.document.codec;
