/** What all nodes of a cluster find in their database. */
package org.chorale.cluster.store;
