/** REST of branches, and how a call says which one it is about. */
package org.chorale.branch.web;
