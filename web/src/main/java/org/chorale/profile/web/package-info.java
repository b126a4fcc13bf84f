/** How people look to others, and whom they know, over REST. */
package org.chorale.profile.web;
