/** How people look to others: their avatars and pictures. */
package org.chorale.profile;
