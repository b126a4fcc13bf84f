/** Merge requests over REST. */
package org.chorale.mergerequest.web;
