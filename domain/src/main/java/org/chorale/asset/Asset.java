package org.chorale.asset;

import org.chorale.session.SessionId;

/**
 * Something that a session keeps beside its document, and that never changes.
 *
 * @param name   what people call it, as {@link AssetName} made it
 * @param size   in bytes
 * @param sha256 of the bytes, in hexadecimal
 */
public record Asset(AssetId id, SessionId session, String name, AssetType type, long size, String sha256) {}
