/** The use cases of versions. */
package org.chorale.version.service;
