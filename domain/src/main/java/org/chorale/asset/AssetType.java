package org.chorale.asset;

import static org.chorale.problem.ProblemType.UNSUPPORTED_MEDIA_TYPE;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an asset may be. SVG is not among them and never will be: it is a program as much as a picture. */
public enum AssetType {
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg"),
    WEBP("image/webp", "webp"),
    GLB("model/gltf-binary", "glb");

    private final String mediaType;
    private final String extension;

    AssetType(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    public String mediaType() {
        return mediaType;
    }

    /** How the names of such files end, without the dot. */
    public String extension() {
        return extension;
    }

    public boolean isPicture() {
        return this != GLB;
    }

    /** @param contentType a media type with or without parameters; empty where none was told */
    public static AssetType of(String contentType) {
        return among(contentType, Arrays.stream(values()));
    }

    /** The same, of pictures alone. */
    public static AssetType ofPicture(String contentType) {
        return among(contentType, Arrays.stream(values()).filter(AssetType::isPicture));
    }

    private static AssetType among(String contentType, Stream<AssetType> types) {
        var allowed = types.toList();
        String bare = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return allowed.stream().filter(type -> type.mediaType.equals(bare)).findFirst()
            .orElseThrow(() -> UNSUPPORTED_MEDIA_TYPE.because("Content-Type (expected: one of "
                + allowed.stream().map(AssetType::mediaType).collect(Collectors.joining(", ")) + ")"));
    }
}
