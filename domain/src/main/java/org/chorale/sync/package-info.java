/** What a client does between a person's edits and the server's word, without a socket: predict, send, rebase, confirm. */
package org.chorale.sync;
