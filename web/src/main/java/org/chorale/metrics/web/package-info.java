/** Numbers about sessions, for their owners. */
package org.chorale.metrics.web;
