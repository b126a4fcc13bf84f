/** Who may do what in a session: roles, permissions, grants for parts of the document, and what of them a change needs. */
package org.chorale.access;
