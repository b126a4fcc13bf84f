package org.chorale.document.service;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.chorale.document.ChangeId;
import org.chorale.document.ChangeLog;
import org.chorale.document.StoredChange;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.session.BranchId;

/**
 * Who made which change, and when, without what it did. What was read once is remembered in blocks, some ten bytes a change: a log
 * only grows. A branch that was deleted and made again under the same name is found out by the newest block that is remembered of it.
 */
final class Tallies {
    static final int BLOCK = 256;
    /** Some ten megabytes, for a million changes. */
    private static final int REMEMBERED = 4_096;

    private final ChangeLog log;
    private final Map<Key, Block> blocks = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Block> eldest) {
            return size() > REMEMBERED;
        }
    };

    Tallies(ChangeLog log) {
        this.log = log;
    }

    /** That a change was made. */
    record Made(long revision, String userId, Instant at) {}

    private record Key(BranchId branch, long number) {}

    /** Some changes in a row. {@code who} are places in {@code users}. */
    private record Block(long first, List<String> users, short[] who, long[] at, ChangeId last) {
        static Block of(List<StoredChange> changes) {
            var users = new LinkedHashMap<String, Short>();
            var who = new short[changes.size()];
            var at = new long[changes.size()];
            for (int i = 0; i < who.length; i++) {
                who[i] = users.computeIfAbsent(ChangeCodec.userId(changes.get(i)), user -> (short) users.size());
                at[i] = changes.get(i).at().toEpochMilli();
            }
            return new Block(changes.getFirst().revision(), List.copyOf(users.keySet()), who, at, changes.getLast().id());
        }

        int size() {
            return who.length;
        }

        Made made(int index) {
            return new Made(first + index, users.get(who[index]), Instant.ofEpochMilli(at[index]));
        }
    }

    /** What was made between two revisions that are there, both inclusive. */
    Iterator<Made> read(BranchId branch, long from, long to) {
        forgetOthers(branch, to);
        return new Iterator<>() {
            private long next = from;
            private Block block;

            @Override
            public boolean hasNext() {
                return next <= to;
            }

            @Override
            public Made next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("revision " + next + " (expected: at most " + to + ")");
                }
                if (block == null || next >= block.first() + block.size()) {
                    block = block(branch, (next - 1) / BLOCK, to);
                }
                return block.made((int) (next++ - block.first()));
            }
        };
    }

    private Block block(BranchId branch, long number, long to) {
        var key = new Key(branch, number);
        Block known = remembered(key);
        if (known != null) {
            return known;
        }
        long first = number * BLOCK + 1;
        long last = Math.min(first + BLOCK - 1, to);
        var changes = new ArrayList<StoredChange>();
        new ChangePages(log, branch, first, last, BLOCK).forEachRemaining(changes::addAll);
        Block block = Block.of(changes);
        if (block.size() == BLOCK) {
            synchronized (blocks) {
                blocks.put(key, block);
            }
        }
        return block;
    }

    private Block remembered(Key key) {
        synchronized (blocks) {
            return blocks.get(key);
        }
    }

    private void forgetOthers(BranchId branch, long to) {
        for (long number = to / BLOCK - 1; number >= 0; number--) {
            Block newest = remembered(new Key(branch, number));
            if (newest != null) {
                long last = newest.first() + BLOCK - 1;
                if (!log.after(branch, last - 1, 1).getFirst().id().equals(newest.last())) {
                    synchronized (blocks) {
                        blocks.keySet().removeIf(key -> key.branch().equals(branch));
                    }
                }
                return;
            }
        }
    }
}
