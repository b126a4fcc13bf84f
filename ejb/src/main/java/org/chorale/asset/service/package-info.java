/** The use cases of assets and of sessions' pictures. */
package org.chorale.asset.service;
