/** What a session keeps beside its document: images, models, and its own picture. */
package org.chorale.asset;
