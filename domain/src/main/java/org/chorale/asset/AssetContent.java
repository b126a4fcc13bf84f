package org.chorale.asset;

import static org.chorale.problem.ProblemType.INVALID_CONTENT;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Whether bytes are what their sender says: by how they begin, and by the length that they claim. Nothing is decoded here: that is for
 * those who show them, in a browser's own hardened decoders.
 */
public final class AssetContent {
    /** How much of the beginning has to be seen. */
    public static final int HEAD_LENGTH = 20;

    private static final byte[] PNG_BEGINNING = {
        (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};
    private static final byte[] JPEG_BEGINNING = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final int RIFF_HEADER = 8;
    private static final int GLTF_VERSION = 2;
    private static final int GLTF_HEADER = 12;

    private AssetContent() {}

    /**
     * Checks how the bytes begin.
     *
     * @param head the first {@link #HEAD_LENGTH} bytes, or all that there are
     * @return how long the whole says that it is, in bytes; empty where such content does not say
     * @throws org.chorale.problem.CollaborationException {@code invalid-content}
     */
    public static OptionalLong requireBeginning(AssetType type, byte[] head) {
        return switch (type) {
            case PNG -> unknownLength(type, startsWith(head, 0, PNG_BEGINNING));
            case JPEG -> unknownLength(type, startsWith(head, 0, JPEG_BEGINNING) && head.length > JPEG_BEGINNING.length);
            case WEBP -> webpLength(head);
            case GLB -> gltfLength(head);
        };
    }

    /**
     * Checks what {@link #requireBeginning} found out. A picture may have something behind its end, which decoders pass over.
     *
     * @throws org.chorale.problem.CollaborationException {@code invalid-content} where the whole is not as long as it says
     */
    public static void requireLength(AssetType type, OptionalLong claimed, long actual) {
        boolean cut = claimed.isPresent() && actual < claimed.getAsLong();
        boolean longer = claimed.isPresent() && actual > claimed.getAsLong();
        if (cut || longer && !type.isPicture()) {
            throw INVALID_CONTENT.because(type.mediaType() + " of " + actual + " bytes (expected: the " + claimed.getAsLong()
                + " bytes that its header tells)");
        }
    }

    private static OptionalLong unknownLength(AssetType type, boolean begins) {
        require(type, begins);
        return OptionalLong.empty();
    }

    private static OptionalLong webpLength(byte[] head) {
        boolean container = startsWith(head, 0, ascii("RIFF")) && startsWith(head, 8, ascii("WEBP"));
        boolean picture = startsWith(head, 12, ascii("VP8 ")) || startsWith(head, 12, ascii("VP8L")) || startsWith(head, 12, ascii("VP8X"));
        require(AssetType.WEBP, container && picture);
        return OptionalLong.of(RIFF_HEADER + Integer.toUnsignedLong(littleEndian(head, 4)));
    }

    private static OptionalLong gltfLength(byte[] head) {
        boolean container = startsWith(head, 0, ascii("glTF")) && head.length >= HEAD_LENGTH && littleEndian(head, 4) == GLTF_VERSION;
        // The first chunk is the description, as JSON.
        require(AssetType.GLB, container && startsWith(head, GLTF_HEADER + 4, ascii("JSON")));
        return OptionalLong.of(Integer.toUnsignedLong(littleEndian(head, 8)));
    }

    private static void require(AssetType type, boolean begins) {
        if (!begins) {
            throw INVALID_CONTENT.because("request body (expected: " + type.mediaType() + ", as its Content-Type says"
                + (type == AssetType.GLB ? ", in version " + GLTF_VERSION + ")" : ")"));
        }
    }

    private static boolean startsWith(byte[] head, int offset, byte[] expected) {
        return head.length >= offset + expected.length
            && ByteBuffer.wrap(head, offset, expected.length).equals(ByteBuffer.wrap(expected));
    }

    private static int littleEndian(byte[] head, int offset) {
        return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(offset);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
