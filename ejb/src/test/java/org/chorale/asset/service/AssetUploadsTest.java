package org.chorale.asset.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.chorale.asset.Asset;
import org.chorale.asset.AssetId;
import org.chorale.asset.AssetLimits;
import org.chorale.asset.AssetStore;
import org.chorale.asset.AssetType;
import org.chorale.document.service.MovableClock;
import org.chorale.problem.CollaborationException;
import org.chorale.problem.ProblemType;
import org.chorale.session.SessionId;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AssetUploadsTest {
    private static final int CHUNK = AssetStore.CHUNK_LENGTH;
    private static final AssetLimits LIMITS = new AssetLimits(4L * CHUNK, 8L * CHUNK, 3);
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final byte[] PNG_BEGINNING = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452");

    private final InMemoryAssetStore store = new InMemoryAssetStore();
    private final MovableClock clock = new MovableClock();
    private final List<String> told = new ArrayList<>();
    private final AssetUploads uploads = new AssetUploads(store, LIMITS, TIMEOUT, new AssetProbe() {
        @Override
        public void assetStored(long bytes) {
            told.add("stored " + bytes);
        }

        @Override
        public void assetRefused(String slug) {
            told.add(slug);
        }
    }, clock);
    private final SessionId session = store.newSession();

    /** Bytes that begin as a PNG does; another seed, other bytes. */
    private static byte[] png(int length, long seed) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        System.arraycopy(PNG_BEGINNING, 0, content, 0, PNG_BEGINNING.length);
        return content;
    }

    private static byte[] glb(int length, int claimed) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN).put("glTF".getBytes(StandardCharsets.US_ASCII)).putInt(2)
            .putInt(claimed).putInt(length - 20).put("JSON".getBytes(StandardCharsets.US_ASCII)).array();
    }

    private Upload upload(AssetType type, OptionalLong announced, InputStream body) {
        return new Upload(session, type, "C:\\plan.png", announced, body);
    }

    private Uploaded keep(byte[] content) {
        return uploads.upload(upload(AssetType.PNG, OptionalLong.of(content.length), new ByteArrayInputStream(content)));
    }

    private byte[] kept(Asset asset) {
        var content = new ByteArrayOutputStream();
        for (int i = 0; store.chunk(asset.id(), i).isPresent(); i++) {
            content.writeBytes(store.chunk(asset.id(), i).orElseThrow());
        }
        return content.toByteArray();
    }

    private void assertRefused(ThrowingCallable call, ProblemType type) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CollaborationException.class,
            refusal -> assertThat(refusal.problem().type()).isEqualTo(type));
        assertThat(told).last().isEqualTo(type.slug());
    }

    private void assertNothingStays() {
        assertThat(store.storedChunks()).isZero();
        assertThat(store.begunUploads()).isZero();
        assertThat(store.list(session)).isEmpty();
    }

    /** Does something before each read. */
    private static InputStream watched(InputStream body, Runnable beforeEachRead) {
        return new FilterInputStream(body) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                beforeEachRead.run();
                return super.read(buffer, offset, length);
            }
        };
    }

    /** A sender that is gone. */
    private static InputStream gone() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }
        };
    }

    private static InputStream unread() {
        return new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("nobody should read this");
            }
        };
    }

    @Test
    @DisplayName("[AST-1] what is uploaded is kept as it is, under a clean name and its hash")
    void given_a_picture_when_it_is_uploaded_then_it_is_kept_whole() throws Exception {
        byte[] content = png(2 * CHUNK + 7, 1);
        Uploaded uploaded = keep(content);
        Asset asset = uploaded.asset();
        assertThat(uploaded.again()).isFalse();
        assertThat(kept(asset)).isEqualTo(content);
        assertThat(asset.name()).isEqualTo("plan.png");
        assertThat(asset.size()).isEqualTo(content.length);
        assertThat(asset.sha256()).isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        assertThat(store.list(session)).containsExactly(asset);
        assertThat(told).containsExactly("stored " + content.length);
    }

    @Test
    @DisplayName("[AST-3] a chunk is stored before the next one is read, and nobody sees it")
    void given_a_long_upload_when_it_is_read_then_memory_holds_one_chunk() {
        var storedBefore = new ArrayList<Integer>();
        InputStream body = watched(new ByteArrayInputStream(png(3 * CHUNK, 1)), () -> {
            storedBefore.add(store.storedChunks());
            assertThat(store.list(session)).isEmpty();
        });
        uploads.upload(upload(AssetType.PNG, OptionalLong.empty(), body));
        assertThat(storedBefore).containsExactly(0, 1, 2, 3);
    }

    @Test
    @DisplayName("[AST-1] the network's own pieces do not matter")
    void given_a_body_that_comes_in_pieces_then_the_chunks_are_full() {
        byte[] content = png(CHUNK + 100, 1);
        InputStream body = new FilterInputStream(new ByteArrayInputStream(content)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, 1_000));
            }
        };
        Asset asset = uploads.upload(upload(AssetType.PNG, OptionalLong.of(content.length), body)).asset();
        assertThat(kept(asset)).isEqualTo(content);
        assertThat(store.storedChunks()).isEqualTo(2);
    }

    @Test
    @DisplayName("[AST-4] the same bytes again are the same asset, and are kept once")
    void given_the_same_bytes_again_then_the_first_asset_is_the_answer() {
        byte[] content = png(CHUNK + 1, 1);
        Asset first = keep(content).asset();
        Uploaded again = keep(content);
        assertThat(again).isEqualTo(new Uploaded(first, true));
        assertThat(store.storedChunks()).isEqualTo(2);
        assertThat(store.begunUploads()).isZero();
        assertThat(keep(png(CHUNK + 1, 2)).asset().id()).isNotEqualTo(first.id());
        assertThat(told).containsExactly("stored " + content.length, "stored " + content.length);
    }

    @Test
    @DisplayName("[AST-5] what is announced as too large is not read at all")
    void given_an_announced_length_above_the_limit_then_nothing_is_read() {
        assertRefused(() -> uploads.upload(upload(AssetType.PNG, OptionalLong.of(4L * CHUNK + 1), unread())),
            ProblemType.PAYLOAD_TOO_LARGE);
        assertNothingStays();
    }

    @Test
    @DisplayName("[AST-5] what turns out too large is read no further, and nothing of it stays")
    void given_a_body_without_end_then_reading_stops_at_the_limit() {
        InputStream endless = new InputStream() {
            private long count;

            @Override
            public int read() {
                assertThat(++count).as("bytes read").isLessThanOrEqualTo(5L * CHUNK);
                return count <= PNG_BEGINNING.length ? PNG_BEGINNING[(int) count - 1] & 0xff : 7;
            }
        };
        assertRefused(() -> uploads.upload(upload(AssetType.PNG, OptionalLong.empty(), endless)), ProblemType.PAYLOAD_TOO_LARGE);
        assertNothingStays();
        assertThat(keep(png(4 * CHUNK, 1)).again()).isFalse();
    }

    @Test
    @DisplayName("[AST-3] an upload that breaks off leaves nothing")
    void given_a_sender_that_goes_then_nothing_stays() {
        var cut = new SequenceInputStream(new ByteArrayInputStream(png(2 * CHUNK, 1)), gone());
        assertRefused(() -> uploads.upload(upload(AssetType.PNG, OptionalLong.of(3L * CHUNK), cut)), ProblemType.INVALID_REQUEST);
        assertNothingStays();
    }

    @Test
    @DisplayName("[AST-3] a body of another length than was announced is none")
    void given_a_length_that_lies_then_nothing_stays() {
        byte[] content = png(CHUNK, 1);
        for (long announced : new long[] {0, CHUNK - 1, CHUNK + 1}) {
            assertRefused(() -> uploads.upload(upload(AssetType.PNG, OptionalLong.of(announced), new ByteArrayInputStream(content))),
                ProblemType.INVALID_REQUEST);
        }
        assertNothingStays();
    }

    @Test
    @DisplayName("[AST-2] what is not what it is said to be is refused before anything is stored")
    void given_other_content_then_invalid_content() {
        byte[] page = Arrays.copyOf("<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8), 2 * CHUNK);
        InputStream body = watched(new ByteArrayInputStream(page), () -> assertThat(store.storedChunks()).isZero());
        assertRefused(() -> uploads.upload(upload(AssetType.PNG, OptionalLong.empty(), body)), ProblemType.INVALID_CONTENT);
        assertRefused(() -> keep(new byte[0]), ProblemType.INVALID_CONTENT);
        assertRefused(() -> uploads.upload(upload(AssetType.GLB, OptionalLong.empty(), new ByteArrayInputStream(png(100, 1)))),
            ProblemType.INVALID_CONTENT);
        assertNothingStays();
    }

    @Test
    @DisplayName("[AST-2] binary glTF that is cut off, or longer than it says, is refused; one that claims too much is not read on")
    void given_a_model_that_lies_about_its_length_then_it_is_refused() {
        for (int claimed : new int[] {99, 101, 0, 2 * CHUNK}) {
            assertRefused(() -> uploads.upload(upload(AssetType.GLB, OptionalLong.of(100), new ByteArrayInputStream(glb(100, claimed)))),
                ProblemType.INVALID_CONTENT);
        }
        assertRefused(() -> uploads.upload(upload(AssetType.GLB, OptionalLong.of(100), new ByteArrayInputStream(glb(100, -1)))),
            ProblemType.PAYLOAD_TOO_LARGE);
        assertNothingStays();
        byte[] sound = glb(100, 100);
        assertThat(uploads.upload(upload(AssetType.GLB, OptionalLong.of(100), new ByteArrayInputStream(sound))).again()).isFalse();
    }

    @Test
    @DisplayName("[AST-4][AST-5] a full session takes no more, yet still knows what it has")
    void given_a_session_without_room_then_only_known_content_is_answered() {
        byte[] first = png(4 * CHUNK, 1);
        Asset known = keep(first).asset();
        keep(png(3 * CHUNK, 2));
        assertRefused(() -> keep(png(CHUNK + 1, 3)), ProblemType.QUOTA_EXCEEDED);
        assertThat(store.storedChunks()).isEqualTo(7);
        assertThat(keep(first)).isEqualTo(new Uploaded(known, true));
        assertThat(keep(png(CHUNK, 4)).again()).isFalse();
        assertRefused(() -> keep(png(100, 5)), ProblemType.QUOTA_EXCEEDED);
        assertThat(keep(first)).isEqualTo(new Uploaded(known, true));
        assertThat(store.storedChunks()).isEqualTo(8);
        assertThat(store.begunUploads()).isZero();
    }

    @Test
    @DisplayName("[AST-5] what has no room is not stored on its way either")
    void given_a_session_without_room_when_it_is_read_then_no_chunk_beyond_is_stored() {
        keep(png(4 * CHUNK, 1));
        keep(png(3 * CHUNK, 2));
        InputStream body = watched(new ByteArrayInputStream(png(3 * CHUNK, 3)),
            () -> assertThat(store.storedChunks()).isLessThanOrEqualTo(8));
        assertRefused(() -> uploads.upload(upload(AssetType.PNG, OptionalLong.empty(), body)), ProblemType.QUOTA_EXCEEDED);
        assertThat(store.storedChunks()).isEqualTo(7);
    }

    @Test
    @DisplayName("[AST-11] a session that is closed meanwhile takes nothing more")
    void given_a_session_that_closes_during_an_upload_then_nothing_stays() {
        InputStream body = watched(new ByteArrayInputStream(png(2 * CHUNK, 1)), () -> {
            if (store.storedChunks() == 1) {
                store.close(session);
            }
        });
        assertRefused(() -> uploads.upload(upload(AssetType.PNG, OptionalLong.empty(), body)), ProblemType.SESSION_CLOSED);
        assertNothingStays();
        assertRefused(() -> keep(png(100, 1)), ProblemType.SESSION_CLOSED);
    }

    @Test
    @DisplayName("[AST-3] who takes too long is let go, within a chunk too")
    void given_a_sender_that_is_too_slow_then_the_upload_ends() {
        var reads = new int[1];
        InputStream drop = new FilterInputStream(new ByteArrayInputStream(png(CHUNK, 1))) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                reads[0]++;
                clock.move(Duration.ofMinutes(1));
                return super.read(buffer, offset, 1);
            }
        };
        assertRefused(() -> uploads.upload(upload(AssetType.PNG, OptionalLong.empty(), drop)), ProblemType.TOO_SLOW);
        assertThat(reads[0]).isEqualTo(11);
        assertNothingStays();
    }

    @Test
    @DisplayName("[AST-3] what an earlier life of the server left is discarded by the next upload, what may be under way is not")
    void given_leftovers_when_somebody_uploads_then_they_are_gone() {
        var left = AssetId.random(new Random(1));
        store.begin(left, session, AssetType.PNG, "left", clock.instant());
        store.append(left, 0, new byte[] {1});
        clock.move(TIMEOUT);
        var underWay = AssetId.random(new Random(2));
        store.begin(underWay, session, AssetType.PNG, "under way", clock.instant());
        clock.move(TIMEOUT.plusMillis(1));
        keep(png(100, 1));
        assertThat(store.chunk(left, 0)).isEmpty();
        assertThat(store.begunUploads()).isEqualTo(1);
        store.append(underWay, 0, new byte[] {1});
    }

    @Test
    @DisplayName("[AST-3] where the database goes away meanwhile the failure is told, and what stays is discarded later")
    void given_a_database_that_goes_away_then_the_upload_fails_and_leaves_nothing_in_the_end() {
        InputStream body = watched(new ByteArrayInputStream(png(3 * CHUNK, 1)), () -> store.setAway(store.storedChunks() == 2));
        assertThatThrownBy(() -> uploads.upload(upload(AssetType.PNG, OptionalLong.empty(), body))).hasMessage("no connection");
        store.setAway(false);
        assertThat(store.list(session)).isEmpty();
        clock.move(TIMEOUT.multipliedBy(3));
        Asset next = keep(png(100, 2)).asset();
        assertThat(store.storedChunks()).isEqualTo(1);
        assertThat(store.list(session)).containsExactly(next);
    }

    @Test
    @DisplayName("[AST-3] a reader that fails otherwise leaves nothing either")
    void given_a_body_that_fails_unexpectedly_then_nothing_stays() {
        InputStream body = watched(new ByteArrayInputStream(png(3 * CHUNK, 1)), () -> {
            if (store.storedChunks() == 2) {
                throw new UncheckedIOException(new IOException("broken"));
            }
        });
        assertThatThrownBy(() -> uploads.upload(upload(AssetType.PNG, OptionalLong.empty(), body)))
            .isInstanceOf(UncheckedIOException.class);
        assertNothingStays();
    }
}
