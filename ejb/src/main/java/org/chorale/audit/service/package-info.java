/** The use cases of the audit log. */
package org.chorale.audit.service;
