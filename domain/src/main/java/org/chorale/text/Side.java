package org.chorale.text;

/** Which of two concurrent edits was committed first; the earlier one's text stands left where both insert at one place. */
public enum Side { EARLIER, LATER }
