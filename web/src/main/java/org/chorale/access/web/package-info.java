/** Members, grants, invitations and moderation over REST, and the door in front of every call about a session. */
package org.chorale.access.web;
