package org.chorale.mergerequest;

/** Who did something about a merge request, and what they were called then. */
public record Contributor(String userId, String name) {
    public boolean isSameUser(Contributor other) {
        return userId.equals(other.userId);
    }
}
