package org.chorale.cluster.service;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Two connections to one server of Redis, one that tells and one that hears. When one of them ends, both do. */
final class RedisLink implements AutoCloseable {
    /** What happens on a link, on threads that must not be blocked. */
    interface Listener {
        void message(String channel, String text);

        void subscribed(RedisLink link, String channel);

        void unsubscribed(RedisLink link, String channel);

        void disconnected();
    }

    private final boolean sharded;
    private final StatefulRedisConnection<String, String> teller;
    private final StatefulRedisPubSubConnection<String, String> hearer;

    /** @throws io.lettuce.core.RedisException where the server cannot be reached, or does not let us in */
    RedisLink(RedisClient client, RedisURI server, boolean sharded, Listener listener) {
        this.sharded = sharded;
        teller = client.connect(StringCodec.UTF8, server);
        try {
            hearer = client.connectPubSub(StringCodec.UTF8, server);
        } catch (RuntimeException e) {
            teller.close();
            throw e;
        }
        var end = new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                listener.disconnected();
            }
        };
        teller.addListener(end);
        hearer.addListener(end);
        hearer.addListener(new Subscriptions(listener));
    }

    private final class Subscriptions extends RedisPubSubAdapter<String, String> {
        private final Listener listener;

        private Subscriptions(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void message(String channel, String text) {
            listener.message(channel, text);
        }

        @Override
        public void smessage(String channel, String text) {
            listener.message(channel, text);
        }

        @Override
        public void subscribed(String channel, long count) {
            listener.subscribed(RedisLink.this, channel);
        }

        @Override
        public void ssubscribed(String channel, long count) {
            listener.subscribed(RedisLink.this, channel);
        }

        @Override
        public void unsubscribed(String channel, long count) {
            listener.unsubscribed(RedisLink.this, channel);
        }

        @Override
        public void sunsubscribed(String channel, long count) {
            listener.unsubscribed(RedisLink.this, channel);
        }
    }

    boolean isOpen() {
        return teller.isOpen() && hearer.isOpen();
    }

    /** The connection for questions. */
    StatefulRedisConnection<String, String> connection() {
        return teller;
    }

    Future<Long> publish(String channel, String text) {
        return sharded ? teller.async().spublish(channel, text) : teller.async().publish(channel, text);
    }

    void subscribe(String channel) {
        if (sharded) {
            hearer.async().ssubscribe(channel);
        } else {
            hearer.async().subscribe(channel);
        }
    }

    void unsubscribe(String channel) {
        if (sharded) {
            hearer.async().sunsubscribe(channel);
        } else {
            hearer.async().unsubscribe(channel);
        }
    }

    /** Asks both connections whether they still are one: a server that vanished closes nothing. */
    boolean answers(Duration patience) throws InterruptedException {
        var teller = this.teller.async().ping();
        var hearer = this.hearer.async().ping();
        return teller.await(patience.toMillis(), TimeUnit.MILLISECONDS) && teller.getError() == null
            && hearer.await(patience.toMillis(), TimeUnit.MILLISECONDS) && hearer.getError() == null;
    }

    @Override
    public void close() {
        teller.closeAsync();
        hearer.closeAsync();
    }
}
