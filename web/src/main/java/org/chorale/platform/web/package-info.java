/** What every resource and endpoint shares: problems, health, the API's description, the workspace's pages. */
package org.chorale.platform.web;
