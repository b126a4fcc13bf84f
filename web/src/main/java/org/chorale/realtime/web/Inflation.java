package org.chorale.realtime.web;

import static org.chorale.problem.ProblemType.FRAME_TOO_LARGE;
import static org.chorale.problem.ProblemType.MALFORMED_FRAME;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads frames that came compressed, and never more of them than may come. */
final class Inflation {
    private static final int BUFFER = 16 * 1024;

    private Inflation() {}

    /**
     * @param compressed raw deflate (RFC 1951) of UTF-8
     * @param maxBytes   what may come out
     * @throws org.chorale.problem.CollaborationException {@code frame-too-large}, {@code malformed-frame}
     */
    static String inflate(byte[] compressed, int maxBytes) {
        var inflater = new Inflater(true);
        try {
            inflater.setInput(compressed);
            var out = new ByteArrayOutputStream(Math.clamp(4L * compressed.length, 64, BUFFER));
            byte[] buffer = new byte[BUFFER];
            while (!inflater.finished()) {
                int read = inflater.inflate(buffer);
                if (read == 0 && !inflater.finished()) {
                    throw MALFORMED_FRAME.because("binary frame (expected: a whole stream of raw deflate)");
                }
                if (out.size() + read > maxBytes) {
                    throw FRAME_TOO_LARGE.because("frame (expected: at most " + maxBytes + " bytes)");
                }
                out.write(buffer, 0, read);
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(out.toByteArray())).toString();
        } catch (DataFormatException | CharacterCodingException e) {
            throw MALFORMED_FRAME.because("binary frame (expected: raw deflate of UTF-8): " + e.getMessage());
        } finally {
            inflater.end();
        }
    }
}
