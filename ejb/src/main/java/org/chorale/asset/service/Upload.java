package org.chorale.asset.service;

import java.io.InputStream;
import java.util.OptionalLong;
import org.chorale.asset.AssetType;
import org.chorale.session.SessionId;

/**
 * What somebody sends to be kept.
 *
 * @param name      as they give it; empty for none
 * @param announced how many bytes they say it has, if they say so
 * @param body      is read as it comes, and no further than the limit
 */
public record Upload(SessionId session, AssetType type, String name, OptionalLong announced, InputStream body) {}
