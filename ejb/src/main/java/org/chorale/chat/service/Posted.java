package org.chorale.chat.service;

import org.chorale.chat.ChatMessage;

/**
 * A message as it is stored.
 *
 * @param again whether it was there before, so that nobody but its author need be told
 */
public record Posted(ChatMessage message, boolean again) {}
