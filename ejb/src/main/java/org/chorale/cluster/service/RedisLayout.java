package org.chorale.cluster.service;

import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which servers of Redis there are, and which of them carries a channel. One alone carries all of them. In a Redis Cluster since 7.0 each
 * master carries those of its slots; before that every server tells all others, and one is enough.
 */
record RedisLayout(boolean sharded, List<Slots> slots) {
    /** The first version with sharded channels. */
    private static final int SHARDED_SINCE = 7;
    private static final String VERSION = "redis_version:";

    record Slots(int from, int to, RedisURI server) {}

    static RedisLayout standalone(RedisServer server) {
        return new RedisLayout(false, List.of(new Slots(0, SlotHash.SLOT_COUNT - 1, server.uri())));
    }

    /** As a server of a Redis Cluster tells it. */
    static RedisLayout read(RedisServer seed, RedisURI asked, RedisCommands<String, String> commands) {
        if (majorVersion(commands.info("server")) < SHARDED_SINCE) {
            return new RedisLayout(false, List.of(new Slots(0, SlotHash.SLOT_COUNT - 1, asked)));
        }
        return readSlots(seed, asked, commands);
    }

    /** Which master has which slots, whatever version it is. */
    static RedisLayout readSlots(RedisServer seed, RedisURI asked, RedisCommands<String, String> commands) {
        var slots = new ArrayList<Slots>();
        for (Object range : commands.clusterSlots()) {
            // from, to, its master as host and port, its replicas
            List<?> parts = (List<?>) range;
            List<?> master = (List<?>) parts.get(2);
            // Without a name it is the server that was asked.
            boolean unnamed = !(master.getFirst() instanceof String name) || name.isBlank() || name.equals("?");
            RedisURI server = seed.at(unnamed ? asked.getHost() : (String) master.getFirst(), number(master.get(1)));
            slots.add(new Slots(number(parts.get(0)), number(parts.get(1)), server));
        }
        if (slots.isEmpty()) {
            throw new IllegalStateException("no server of the Redis Cluster has slots");
        }
        return new RedisLayout(true, List.copyOf(slots));
    }

    private static int number(Object value) {
        return ((Number) value).intValue();
    }

    static int majorVersion(String info) {
        int at = info.indexOf(VERSION);
        if (at < 0) {
            return 0;
        }
        String version = info.substring(at + VERSION.length());
        int dot = version.indexOf('.');
        try {
            return dot < 0 ? 0 : Integer.parseInt(version.substring(0, dot));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    Set<RedisURI> servers() {
        var servers = new LinkedHashSet<RedisURI>();
        slots.forEach(range -> servers.add(range.server()));
        return servers;
    }

    /** The server of a channel; of one whose slot nobody has, any: it will refuse. */
    RedisURI serverOf(String channel) {
        int slot = SlotHash.getSlot(channel);
        return slots.stream().filter(range -> range.from() <= slot && slot <= range.to()).findFirst().orElse(slots.getFirst()).server();
    }
}
