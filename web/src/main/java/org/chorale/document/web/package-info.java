/** The document over REST: read it at any revision, read and write changes, settle conflicts. */
package org.chorale.document.web;
