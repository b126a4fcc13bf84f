/** The cluster: what nodes of one database are called, and what they tell each other beside it. */
package org.chorale.cluster;
