package org.chorale.asset.web;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;
import static org.chorale.problem.ProblemType.PAYLOAD_TOO_LARGE;

import java.io.IOException;
import java.io.InputStream;
import org.chorale.platform.web.Requests;

/** Reads a small picture whole, and no more of it than is taken. */
public final class PictureUpload {
    private PictureUpload() {}

    /**
     * The bytes of a body.
     *
     * @param length the header Content-Length, or null
     * @param most   how many bytes are taken
     * @throws org.chorale.problem.CollaborationException {@code payload-too-large}, {@code invalid-request} where it breaks off
     */
    public static byte[] read(InputStream body, String length, int most) {
        requireSize(Requests.number("Content-Length", length, 0, Long.MAX_VALUE, 0), most);
        try {
            byte[] content = body.readNBytes(most + 1);         // one more tells that it is too much
            requireSize(content.length, most);
            return content;
        } catch (IOException e) {
            throw INVALID_REQUEST.because("request body (expected: as many bytes as announced)");
        }
    }

    private static void requireSize(long bytes, int most) {
        if (bytes > most) {
            throw PAYLOAD_TOO_LARGE.because("request body (expected: at most " + most + " bytes)");
        }
    }
}
