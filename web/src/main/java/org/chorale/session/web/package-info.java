/** Sessions over REST. */
package org.chorale.session.web;
