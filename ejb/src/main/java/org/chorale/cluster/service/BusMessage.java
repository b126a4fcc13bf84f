package org.chorale.cluster.service;

import org.chorale.cluster.NodeId;
import org.chorale.cluster.Topic;

/** What one node said about one topic. */
record BusMessage(NodeId sender, Topic topic, String body) {
    /** What it takes in memory, roughly, in characters. */
    int size() {
        return body.length() + topic.name().length();
    }
}
