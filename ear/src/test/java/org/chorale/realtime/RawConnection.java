package org.chorale.realtime;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A WebSocket that may send what no library would: bytes that are no UTF-8, halves of frames. Of what it is told it reads the end. */
final class RawConnection implements AutoCloseable {
    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;

    private final Socket socket;
    private final DataOutputStream out;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    /** The socket of a session; the handshake is done. */
    static RawConnection open(int port, String session, String protocol) throws IOException {
        var connection = new RawConnection(new Socket("localhost", port));
        connection.socket.setTcpNoDelay(true);
        connection.out.write(("GET /ws/v1/sessions/" + session + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: "
            + protocol + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        String answer = connection.head();
        if (!answer.startsWith("HTTP/1.1 101")) {
            throw new IOException("no WebSocket: " + answer);
        }
        return connection;
    }

    private String head() throws IOException {
        var head = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    void text(String text) throws IOException {
        frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** One frame, masked with zeros. */
    void frame(boolean last, int opcode, byte[] payload) throws IOException {
        header(last, opcode, payload.length);
        out.write(payload);
        out.flush();
    }

    /** The beginning of a frame; as many bytes are promised. */
    void header(boolean last, int opcode, int length) throws IOException {
        out.writeByte((last ? 0x80 : 0) | opcode);
        if (length < 126) {
            out.writeByte(0x80 | length);
        } else if (length < 65_536) {
            out.writeByte(0x80 | 126);
            out.writeShort(length);
        } else {
            out.writeByte(0x80 | 127);
            out.writeLong(length);
        }
        out.writeInt(0);
        out.flush();
    }

    /** Some bytes, whatever they mean where they arrive. */
    void bytes(byte... bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** With which code the server closes; the frames before that are passed over. */
    int closeCode(Duration patience) throws IOException {
        socket.setSoTimeout((int) patience.toMillis());
        var in = new DataInputStream(socket.getInputStream());
        while (true) {
            int opcode = in.readUnsignedByte() & 0xf;
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] payload = in.readNBytes(length);
            if (opcode == CLOSE) {
                return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
            }
        }
    }

    /** The network is gone, and nobody says so. */
    @Override
    public void close() throws IOException {
        socket.close();
    }
}
