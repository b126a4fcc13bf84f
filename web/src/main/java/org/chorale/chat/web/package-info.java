/** Chat over REST. */
package org.chorale.chat.web;
