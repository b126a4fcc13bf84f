/** The use cases of merge requests. */
package org.chorale.mergerequest.service;
