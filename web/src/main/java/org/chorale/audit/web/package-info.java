/** The audit log over REST. */
package org.chorale.audit.web;
