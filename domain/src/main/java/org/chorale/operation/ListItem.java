package org.chorale.operation;

import org.chorale.value.Value;

/** What is appended to a list: a value under an id that is unique within the list, chosen by the client. */
public record ListItem(String id, Value value) {
    public ListItem {
        Ids.require("item id", id);
    }
}
