/** What people say to each other in a session, beside the document. */
package org.chorale.chat;
