package org.chorale.asset;

/**
 * The picture by which people know a session again.
 *
 * @param version grows with each picture that the session had
 * @param content its bytes; not to be changed by anybody
 */
public record Thumbnail(AssetType type, long version, byte[] content) {}
