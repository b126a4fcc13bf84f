/** Locks over REST. */
package org.chorale.lock.web;
