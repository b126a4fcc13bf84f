/** What can be said about a deployment without a machine of its own. */
package org.chorale.deploy;
