package org.chorale.asset;

/** What a session keeps already: how many assets, of how many bytes together. */
public record AssetUsage(int count, long bytes) {}
