package org.chorale.asset.web;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.chorale.asset.Asset;
import org.chorale.asset.AssetId;
import org.chorale.asset.AssetStore;
import org.chorale.asset.AssetType;
import org.chorale.asset.Thumbnail;

/**
 * How bytes that strangers sent are given to browsers: under the type that was checked and no other, and as something that runs nothing
 * even where it is opened by itself.
 */
public final class AssetAnswers {
    private static final String FOR_EVER = "public, max-age=31536000, immutable";
    private static final String ASK_EACH_TIME = "no-cache";

    private AssetAnswers() {}

    /** An asset's bytes, read from the store as they are sent; or the news that the caller has them. */
    static Response asset(Asset asset, AssetStore store, String ifNoneMatch) {
        String tag = asset.sha256();
        StreamingOutput bytes = out -> copy(asset.id(), store, out);
        Response.ResponseBuilder answer = isKnown(tag, ifNoneMatch) ? unchanged(tag, FOR_EVER)
            : whole(asset.type(), tag, FOR_EVER, asset.size(), bytes);
        return answer.header("Content-Disposition", disposition(asset)).build();
    }

    /** A session's or a person's picture; or the news that the caller has it. */
    public static Response picture(Thumbnail picture, String ifNoneMatch) {
        String tag = "v" + picture.version();
        return (isKnown(tag, ifNoneMatch) ? unchanged(tag, ASK_EACH_TIME)
            : whole(picture.type(), tag, ASK_EACH_TIME, picture.content().length, picture.content())).build();
    }

    /**
     * Whether the caller has it, by weak comparison (RFC 9110, 13.1.2): a proxy that compresses weakens tags. JAX-RS compares strongly.
     *
     * @param ifNoneMatch the header, or null
     */
    static boolean isKnown(String tag, String ifNoneMatch) {
        return ifNoneMatch != null && Arrays.stream(ifNoneMatch.split(",")).map(String::strip)
            .anyMatch(known -> known.equals("*") || known.equals("\"" + tag + "\"") || known.equals("W/\"" + tag + "\""));
    }

    private static Response.ResponseBuilder unchanged(String tag, String caching) {
        return guarded(Response.notModified(tag), caching);
    }

    private static Response.ResponseBuilder whole(AssetType type, String tag, String caching, long length, Object entity) {
        return guarded(Response.ok(entity, type.mediaType()).tag(tag).header("Content-Length", length), caching);
    }

    private static Response.ResponseBuilder guarded(Response.ResponseBuilder answer, String caching) {
        return answer.header("Cache-Control", caching)
            .header("X-Content-Type-Options", "nosniff")
            .header("Content-Security-Policy", "default-src 'none'; sandbox");
    }

    private static void copy(AssetId id, AssetStore store, OutputStream out) throws IOException {
        int number = 0;
        for (Optional<byte[]> chunk = store.chunk(id, number); chunk.isPresent(); chunk = store.chunk(id, ++number)) {
            out.write(chunk.get());
        }
    }

    /** RFC 6266, with the name in ASCII for those who do not know its other form. Only pictures are shown. */
    static String disposition(Asset asset) {
        String ascii = asset.name().replaceAll("[^\\x20-\\x7e]|[\"\\\\%]", "_");
        var encoded = new StringBuilder();
        for (byte octet : asset.name().getBytes(StandardCharsets.UTF_8)) {
            boolean plain = octet >= '0' && octet <= '9' || octet >= 'a' && octet <= 'z' || octet >= 'A' && octet <= 'Z'
                || octet == '.' || octet == '-' || octet == '_';
            encoded.append(plain ? String.valueOf((char) octet) : "%%%02X".formatted(octet & 0xff));
        }
        return "%s; filename=\"%s\"; filename*=UTF-8''%s".formatted(asset.type().isPicture() ? "inline" : "attachment", ascii, encoded);
    }
}
