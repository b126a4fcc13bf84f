package org.chorale.access;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What somebody may be allowed to do. Public names: they travel in frames and bodies. */
public enum Action {
    /** Make an element at a place. */
    CREATE(Scope.DOCUMENT),
    /** Write properties, texts, lists and sets. */
    EDIT(Scope.DOCUMENT),
    /** Take an element, with all below it, away from where it is. */
    MOVE_OUT(Scope.DOCUMENT),
    /** Put an element somewhere. */
    MOVE_IN(Scope.DOCUMENT),
    /** Delete an element, with all below it, or bring it back. */
    DELETE(Scope.DOCUMENT),
    /** Whatever is done to a constraint needs this too, and so does each element that a new one binds. */
    CONSTRAIN(Scope.DOCUMENT),
    /** Decide a conflict; what the decision writes is an EDIT besides. */
    RESOLVE(Scope.DOCUMENT),
    /** Hold an element for oneself; that needs EDIT there besides. */
    LOCK(Scope.DOCUMENT),
    /** Bring something into a protected branch, and take it back there; what it does needs the rights to do so besides. */
    MERGE(Scope.SESSION),
    CHAT(Scope.SESSION),
    /** Change what the session is, and how it works. */
    SETTINGS(Scope.MANAGEMENT),
    /** Change who takes part, as what, and with which grants; invite. */
    MEMBERS(Scope.MANAGEMENT),
    /** Send away, ban, mute, freeze; read reports and the audit log. */
    MODERATE(Scope.MANAGEMENT),
    /** End the session for everybody. */
    CLOSE(Scope.MANAGEMENT);

    /** Those that grants speak about, for a part of the document. */
    public static final Set<Action> OF_DOCUMENT = of(Scope.DOCUMENT);
    /** Those that only OWNER and ADMIN can have. */
    public static final Set<Action> OF_MANAGEMENT = of(Scope.MANAGEMENT);

    private enum Scope { DOCUMENT, SESSION, MANAGEMENT }

    private final Scope scope;

    Action(Scope scope) {
        this.scope = scope;
    }

    private static Set<Action> of(Scope scope) {
        var actions = EnumSet.noneOf(Action.class);
        Arrays.stream(values()).filter(action -> action.scope == scope).forEach(actions::add);
        return Collections.unmodifiableSet(actions);
    }
}
