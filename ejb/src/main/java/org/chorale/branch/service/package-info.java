/** The use cases of branches. */
package org.chorale.branch.service;
