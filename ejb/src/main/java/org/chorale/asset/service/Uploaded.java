package org.chorale.asset.service;

import org.chorale.asset.Asset;

/**
 * An asset as it is kept.
 *
 * @param again whether the session had it before
 */
public record Uploaded(Asset asset, boolean again) {}
