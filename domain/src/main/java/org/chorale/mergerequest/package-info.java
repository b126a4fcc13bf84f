/** Requests to bring one branch into another: talked about, reviewed, and merged once nothing is in the way. */
package org.chorale.mergerequest;
