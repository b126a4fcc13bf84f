/** The use cases of chat. */
package org.chorale.chat.service;
