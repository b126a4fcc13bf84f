/** How passwords are kept, those of people and those of sessions. */
package org.chorale.platform.password;
