/** How often calls and frames are taken. */
package org.chorale.limit.web;
