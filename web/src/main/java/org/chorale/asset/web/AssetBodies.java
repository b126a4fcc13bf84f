package org.chorale.asset.web;

import java.util.List;
import org.chorale.asset.Asset;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What goes over the wire about assets, beside their bytes. */
final class AssetBodies {
    private AssetBodies() {}

    @Schema(name = "Asset", description = "Something that a session keeps beside its document, and that never changes.")
    record AssetBody(
        @Schema(description = "To be named in a document's properties.", examples = "5g2m0c8w1n7r3t6y9a4d2k8p0s") String assetId,
        @Schema(description = "What people call it, cleaned: no folders, no control characters.", examples = "floor plan.png") String name,
        @Schema(enumeration = {"image/png", "image/jpeg", "image/webp", "model/gltf-binary"}) String mediaType,
        @Schema(description = "In bytes.", examples = "483122") long size,
        @Schema(description = "Of the bytes, in hexadecimal.") String sha256) {

        static AssetBody of(Asset asset) {
            return new AssetBody(asset.id().value(), asset.name(), asset.type().mediaType(), asset.size(), asset.sha256());
        }
    }

    @Schema(name = "AssetList")
    record AssetList(@Schema(description = "In the order in which they were stored.") List<AssetBody> assets) {}

    @Schema(name = "Later", description = "A picture that was not taken, because there was one a moment ago.")
    record LaterBody(@Schema(description = "Seconds until another one is taken.", examples = "7") long retryAfter) {}
}
