/** Assets and sessions' pictures over REST. */
package org.chorale.asset.web;
