/** Lines of revisions beside each other: what people try out without disturbing anybody. */
package org.chorale.branch;
