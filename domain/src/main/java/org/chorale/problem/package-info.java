/** What can go wrong, by public name: the same problem object answers a REST call, a frame and a change. */
package org.chorale.problem;
