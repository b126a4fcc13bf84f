package org.chorale.asset.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.chorale.asset.Asset;
import org.chorale.asset.AssetId;
import org.chorale.asset.AssetLimits;
import org.chorale.asset.AssetStore;
import org.chorale.asset.AssetType;
import org.chorale.asset.AssetUsage;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;
import org.chorale.session.SessionId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store of assets promises, whatever keeps them. */
public abstract class AssetStoreContract {
    private static final AssetLimits ROOMY = new AssetLimits(1_000_000, 1_000_000, 10);
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Random random = new Random();

    /** The store under test. */
    protected abstract AssetStore store();

    /** A session that was just started. */
    protected abstract SessionId newSession();

    protected abstract void close(SessionId session);

    private AssetId begin(SessionId session, byte[]... chunks) {
        var id = AssetId.random(random);
        store().begin(id, session, AssetType.PNG, "plan.png", NOON);
        for (int i = 0; i < chunks.length; i++) {
            store().append(id, i, chunks[i]);
        }
        return id;
    }

    private Asset publish(AssetId id, SessionId session, long size, String hash) {
        return store().publish(id, session, size, hash, ROOMY, NOON.plusSeconds(1));
    }

    private static String hash(int number) {
        return "%064x".formatted(number);
    }

    private static void assertRefused(ThrowingCallable call, ProblemType type) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CollaborationException.class,
            refusal -> assertThat(refusal.problem().type()).isEqualTo(type));
    }

    @Test
    @DisplayName("[AST-3] an asset is seen by nobody before it is published, and by all afterwards")
    public void given_an_asset_when_it_is_published_then_it_is_there() {
        SessionId session = newSession();
        AssetId id = begin(session, new byte[] {1, 2, 3});
        assertThat(store().find(session, id)).isEmpty();
        assertThat(store().withContent(session, hash(1))).isEmpty();
        assertThat(store().list(session)).isEmpty();
        assertThat(store().usage(session)).isEqualTo(new AssetUsage(0, 0));
        var expected = new Asset(id, session, "plan.png", AssetType.PNG, 3, hash(1));
        assertThat(publish(id, session, 3, hash(1))).isEqualTo(expected);
        assertThat(store().find(session, id)).contains(expected);
        assertThat(store().withContent(session, hash(1))).contains(expected);
        assertThat(store().list(session)).containsExactly(expected);
        assertThat(store().usage(session)).isEqualTo(new AssetUsage(1, 3));
    }

    @Test
    @DisplayName("[AST-7] chunks come back as they were, whatever is in them")
    public void given_chunks_when_they_are_read_then_they_are_the_same() {
        SessionId session = newSession();
        byte[] full = new byte[AssetStore.CHUNK_LENGTH];
        random.nextBytes(full);
        byte[] every = new byte[256];
        IntStream.range(0, 256).forEach(i -> every[i] = (byte) i);
        AssetId id = begin(session, full, every, new byte[] {0});
        assertThat(store().chunk(id, 0).orElseThrow()).isEqualTo(full);
        assertThat(store().chunk(id, 1).orElseThrow()).isEqualTo(every);
        assertThat(store().chunk(id, 2).orElseThrow()).isEqualTo(new byte[] {0});
        assertThat(store().chunk(id, 3)).isEmpty();
    }

    @Test
    @DisplayName("[AST-4] of the same bytes in one session the first asset stays; another session has its own")
    public void given_the_same_bytes_again_then_the_first_asset_is_the_answer() {
        SessionId session = newSession();
        AssetId first = begin(session, new byte[] {1});
        AssetId second = begin(session, new byte[] {1});
        publish(first, session, 1, hash(1));
        assertThat(publish(second, session, 1, hash(1)).id()).isEqualTo(first);
        assertThat(store().list(session)).extracting(Asset::id).containsExactly(first);
        store().discard(second);
        assertThat(store().chunk(second, 0)).isEmpty();
        assertThat(store().chunk(first, 0)).isPresent();

        SessionId other = newSession();
        AssetId theirs = begin(other, new byte[] {1});
        assertThat(publish(theirs, other, 1, hash(1)).id()).isEqualTo(theirs);
        assertThat(store().find(other, first)).isEmpty();
    }

    @Test
    @DisplayName("[AST-3] what is discarded is gone, and cannot be published any more")
    public void given_an_asset_that_was_begun_when_it_is_discarded_then_nothing_of_it_stays() {
        SessionId session = newSession();
        AssetId id = begin(session, new byte[] {1}, new byte[] {2});
        store().discard(id);
        store().discard(id);
        assertThat(store().chunk(id, 0)).isEmpty();
        assertThat(store().chunk(id, 1)).isEmpty();
        assertRefused(() -> publish(id, session, 2, hash(2)), ProblemType.STORAGE_UNAVAILABLE);
        assertThat(store().list(session)).isEmpty();
    }

    @Test
    @DisplayName("[AST-7] what is published stays, whoever discards it")
    public void given_an_asset_that_is_published_when_it_is_discarded_then_it_stays() {
        SessionId session = newSession();
        AssetId id = begin(session, new byte[] {1});
        publish(id, session, 1, hash(1));
        store().discard(id);
        assertThat(store().find(session, id)).isPresent();
        assertThat(store().chunk(id, 0)).isPresent();
    }

    @Test
    @DisplayName("[AST-3] what broke off is found by when it was begun")
    public void given_uploads_that_broke_off_then_the_older_ones_are_found() {
        SessionId session = newSession();
        AssetId broken = begin(session, new byte[] {1});
        AssetId published = begin(session, new byte[] {2});
        publish(published, session, 1, hash(2));
        assertThat(store().begunBefore(NOON)).doesNotContain(broken, published);
        assertThat(store().begunBefore(NOON.plusSeconds(2))).contains(broken).doesNotContain(published);
        store().discard(broken);
        assertThat(store().begunBefore(NOON.plusSeconds(2))).doesNotContain(broken);
    }

    @Test
    @DisplayName("[AST-5] a session keeps no more than it may, counted when an asset becomes visible")
    public void given_a_session_that_is_full_then_quota_exceeded() {
        SessionId session = newSession();
        publish(begin(session, new byte[] {1}), session, 60, hash(1));
        AssetId next = begin(session, new byte[] {2});
        assertRefused(() -> store().publish(next, session, 41, hash(2), new AssetLimits(100, 100, 10), NOON), ProblemType.QUOTA_EXCEEDED);
        assertRefused(() -> store().publish(next, session, 1, hash(2), new AssetLimits(100, 100, 1), NOON), ProblemType.QUOTA_EXCEEDED);
        assertThat(store().find(session, next)).isEmpty();
        assertThat(store().publish(next, session, 40, hash(2), new AssetLimits(100, 100, 2), NOON).id()).isEqualTo(next);
    }

    @Test
    @DisplayName("[AST-4][AST-5] of uploads at the same time only as many as may be become visible, and each content once")
    public void given_uploads_that_race_then_the_limit_and_the_content_are_kept() {
        SessionId session = newSession();
        List<AssetId> same = IntStream.range(0, 4).mapToObj(i -> begin(session, new byte[] {1})).toList();
        var answers = same.stream().map(id -> CompletableFuture.supplyAsync(() -> publish(id, session, 1, hash(1)).id())).toList();
        assertThat(answers.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        assertThat(store().list(session)).hasSize(1);

        var limits = new AssetLimits(10, 10, 3);
        var racing = IntStream.range(2, 8).mapToObj(i -> {
            AssetId id = begin(session, new byte[] {2});
            return CompletableFuture.runAsync(() -> store().publish(id, session, 1, hash(i), limits, NOON))
                .handle((done, failure) -> failure == null);
        }).toList();
        assertThat(racing.stream().filter(CompletableFuture::join)).hasSize(2);
        assertThat(store().usage(session)).isEqualTo(new AssetUsage(3, 3));
    }

    @Test
    @DisplayName("[AST-11] nothing begins where there is no session, or a closed one; nothing is published once it is closed")
    public void given_no_open_session_then_nothing_is_kept() {
        assertRefused(() -> begin(new SessionId("0000000000")), ProblemType.SESSION_NOT_FOUND);
        SessionId session = newSession();
        AssetId published = begin(session, new byte[] {1});
        publish(published, session, 1, hash(1));
        AssetId underWay = begin(session, new byte[] {2});
        close(session);
        assertRefused(() -> begin(session), ProblemType.SESSION_CLOSED);
        assertRefused(() -> publish(underWay, session, 1, hash(2)), ProblemType.SESSION_CLOSED);
        assertThat(store().list(session)).extracting(Asset::id).containsExactly(published);
    }

    @Test
    @DisplayName("[AST-8] assets are listed in the order in which they became visible")
    public void given_assets_when_they_are_listed_then_the_oldest_comes_first() {
        SessionId session = newSession();
        AssetId late = begin(session);
        AssetId early = begin(session);
        store().publish(early, session, 1, hash(1), ROOMY, NOON.plusSeconds(1));
        store().publish(late, session, 1, hash(2), ROOMY, NOON.plusSeconds(2));
        assertThat(store().list(session)).extracting(Asset::id).containsExactly(early, late);
    }
}
