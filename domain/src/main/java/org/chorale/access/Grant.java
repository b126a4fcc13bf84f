package org.chorale.access;

import static org.chorale.problem.ProblemType.INVALID_REQUEST;

import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.chorale.operation.ElementId;

/**
 * Allows or denies somebody something in a part of the document. Of several that say something the most specific one counts
 * (docs/permissions.md).
 *
 * @param element  it is about this element and all below it; nothing for the whole document
 * @param property it is about these properties; nothing for whatever is done
 * @param actions  some of {@link Action#OF_DOCUMENT}
 * @param allowed  whether it allows or denies
 */
public record Grant(Subject subject, Optional<ElementId> element, Optional<PropertyPattern> property, Set<Action> actions,
    boolean allowed) {
    private static final int MAX_USER_ID = 64;

    /** Of two about the same place the more specific one first: property, then user, then denial. */
    static final Comparator<Grant> MOST_SPECIFIC_FIRST = Comparator
        .comparingInt((Grant grant) -> -grant.property.map(PropertyPattern::rank).orElse(0))
        .thenComparing(grant -> !(grant.subject instanceof Subject.User))
        .thenComparing(Grant::allowed);

    public Grant {
        if (actions.isEmpty() || !Action.OF_DOCUMENT.containsAll(actions)) {
            throw INVALID_REQUEST.because("actions (expected: at least one, of " + Action.OF_DOCUMENT + ")");
        }
        if (element.filter(ElementId::isRoot).isPresent()) {
            throw INVALID_REQUEST.because("element: \"\" (expected: an element's id, or absent for the whole document)");
        }
        switch (subject) {
            case Subject.User(var id) when id.isEmpty() || id.length() > MAX_USER_ID ->
                throw INVALID_REQUEST.because("user of length " + id.length() + " (expected: 1 to " + MAX_USER_ID + ")");
            case Subject.Everybody(var role) when role == Role.OWNER ->
                throw INVALID_REQUEST.because("role: OWNER (expected: another one; the owner may do everything)");
            case Subject.User user -> { }
            case Subject.Everybody everybody -> { }
        }
        actions = Collections.unmodifiableSet(EnumSet.copyOf(actions));
    }

    /** Whether it is about this user, or the role they have. */
    public boolean concerns(String userId, Role role) {
        return switch (subject) {
            case Subject.User(var id) -> id.equals(userId);
            case Subject.Everybody(var everybody) -> everybody == role;
        };
    }

    boolean matches(Action action, String elementType, String name) {
        return actions.contains(action) && (property.isEmpty() || property.get().matches(elementType, name));
    }
}
