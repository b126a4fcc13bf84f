package org.chorale.mergerequest.store;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import org.chorale.document.codec.CellCodec;
import org.chorale.document.codec.ResolutionCodec;
import org.chorale.mergerequest.ChosenResolution;
import org.chorale.mergerequest.Contributor;
import org.chorale.platform.store.InstantConverter;

/** What somebody chose for a conflict of a merge request: the last choice for its cell. */
@Entity
@Table(name = "merge_choice")
@NamedQuery(name = "mergeChoice.all", query = "select c from MergeChoiceEntity c where c.requestId = :request order by c.id")
@NamedQuery(name = "mergeChoice.forgetName", query = "update MergeChoiceEntity c set c.chooserName = :name where c.chooserId = :user")
public class MergeChoiceEntity {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Long id;
    @Column(name = "request_id")
    private long requestId;
    private String cell;
    private String content;
    @Column(name = "chooser_id")
    private String chooserId;
    @Column(name = "chooser_name")
    private String chooserName;
    @Column(name = "chosen_at")
    @Convert(converter = InstantConverter.class)
    private Instant chosenAt;

    protected MergeChoiceEntity() {}

    public MergeChoiceEntity(long requestId, ChosenResolution choice) {
        this.requestId = requestId;
        this.cell = CellCodec.key(choice.resolution().cell());
        become(choice);
    }

    public String cell() {
        return cell;
    }

    /** Takes over another choice for the same cell. */
    public final void become(ChosenResolution choice) {
        content = ResolutionCodec.store(choice.resolution());
        chooserId = choice.by().userId();
        chooserName = choice.by().name();
        chosenAt = choice.at();
    }

    public ChosenResolution toChoice() {
        return new ChosenResolution(ResolutionCodec.load(content), new Contributor(chooserId, chooserName), chosenAt);
    }
}
