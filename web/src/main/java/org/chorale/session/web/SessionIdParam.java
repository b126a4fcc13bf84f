package org.chorale.session.web;

import org.chorale.session.SessionId;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A session's id in an address, as people type it. Checked on use, so that a bad one becomes a problem, not a missing page. */
@Schema(type = SchemaType.STRING)
public final class SessionIdParam {
    private final String typed;

    public SessionIdParam(String typed) {
        this.typed = typed;
    }

    public SessionId value() {
        return SessionId.parse(typed);
    }
}
