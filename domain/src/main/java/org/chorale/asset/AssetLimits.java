package org.chorale.asset;

import static org.chorale.problem.ProblemType.PAYLOAD_TOO_LARGE;
import static org.chorale.problem.ProblemType.QUOTA_EXCEEDED;

/**
 * How much a session may keep.
 *
 * @param maxSize        bytes of one asset
 * @param maxSessionSize bytes of all assets of one session
 * @param maxCount       assets of one session
 */
public record AssetLimits(long maxSize, long maxSessionSize, int maxCount) {

    /** @throws org.chorale.problem.CollaborationException {@code payload-too-large} */
    public void requireSize(long bytes) {
        if (bytes > maxSize) {
            throw PAYLOAD_TOO_LARGE.because("request body (expected: at most " + maxSize + " bytes)");
        }
    }

    public boolean hasRoom(AssetUsage usage, long bytes) {
        return usage.count() < maxCount && usage.bytes() + bytes <= maxSessionSize;
    }

    /** @throws org.chorale.problem.CollaborationException {@code quota-exceeded} where the session has no room for so many bytes more */
    public void requireRoom(AssetUsage usage, long bytes) {
        if (!hasRoom(usage, bytes)) {
            throw QUOTA_EXCEEDED.because("the session keeps " + usage.count() + " assets of " + usage.bytes() + " bytes, this one has "
                + bytes + " (expected: at most " + maxCount + " of together " + maxSessionSize + " bytes)");
        }
    }
}
