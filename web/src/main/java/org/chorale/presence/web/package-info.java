/** Who is here and what they are looking at, over REST. */
package org.chorale.presence.web;
