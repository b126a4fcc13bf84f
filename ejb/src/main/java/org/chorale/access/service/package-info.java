/** The use cases of members, grants, invitations and moderation. */
package org.chorale.access.service;
