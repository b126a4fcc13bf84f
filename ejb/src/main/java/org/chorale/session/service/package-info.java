/** Starting, finding and closing sessions. */
package org.chorale.session.service;
