package org.chorale.access.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import org.chorale.access.Report;
import org.chorale.platform.store.InstantConverter;
import org.chorale.session.SessionId;

/** A report's row; written once. */
@Entity
@Table(name = "session_report")
@NamedQuery(name = "report.before",
    query = "select r from ReportEntity r where r.sessionId = :session and r.id < :before order by r.id desc")
@NamedQuery(name = "report.count", query = "select count(r) from ReportEntity r where r.sessionId = :session")
@NamedQuery(name = "report.ofUser", query = "select r from ReportEntity r where r.reporterId = :user order by r.id")
public class ReportEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    @Column(name = "session_id")
    private String sessionId;
    @Column(name = "reporter_id")
    private String reporterId;
    @Column(name = "user_id")
    private String userId;
    @Column(name = "element_id")
    private String elementId;
    @Column(name = "message_id")
    private Long messageId;
    private String reason;
    @Column(name = "reported_at")
    @Convert(converter = InstantConverter.class)
    private Instant reportedAt;

    protected ReportEntity() {}

    /** @param report its id is not looked at: the database gives one */
    public ReportEntity(SessionId session, Report report) {
        this.sessionId = session.value();
        this.reporterId = report.reporter();
        this.userId = report.userId().orElse(null);
        this.elementId = report.element().orElse(null);
        this.messageId = report.message().orElse(null);
        this.reason = report.reason();
        this.reportedAt = report.at();
    }

    public String sessionId() {
        return sessionId;
    }

    public Report toReport() {
        return new Report(id == null ? 0 : id, reporterId, Optional.ofNullable(userId), Optional.ofNullable(elementId),
            Optional.ofNullable(messageId), reason, reportedAt);
    }
}
