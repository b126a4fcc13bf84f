/** The kinds of bus between nodes, how they are configured, and what a node checks before it starts. */
package org.chorale.cluster.service;
