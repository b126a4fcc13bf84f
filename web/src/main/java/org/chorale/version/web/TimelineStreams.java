package org.chorale.version.web;

import static java.lang.System.Logger.Level.DEBUG;

import com.fasterxml.jackson.core.JsonGenerator;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chorale.document.CommittedChange;
import org.chorale.document.StoredChange;
import org.chorale.document.codec.ChangeCodec;
import org.chorale.document.codec.Json;
import org.chorale.document.service.History;
import org.chorale.document.service.HistoryConfig;
import org.chorale.document.service.Timeline;
import org.chorale.session.BranchId;
import org.chorale.session.service.UserNames;

/**
 * Sends timelines as they are read: a page of changes is in memory at a time, however long the history is. It ends with its reader, and
 * with one who reads too slowly when its time is over.
 */
@ApplicationScoped
public class TimelineStreams {
    private static final System.Logger LOGGER = System.getLogger(TimelineStreams.class.getName());
    private static final List<String> EDITS = Stream.of("revision", "at", "userId", "name", "kind", "operations", "elements").toList();
    private static final List<String> WHO_AND_WHEN = EDITS.subList(0, 4);

    @EJB
    private History history;
    @EJB
    private UserNames names;
    @Inject
    private Timeline timeline;
    @Inject
    private HistoryConfig config;
    @Inject
    private Clock clock;

    /** Takes pages of changes, one after the other. */
    private interface Pages {
        void take(List<StoredChange> page, Map<String, String> names) throws IOException;
    }

    /** A JSON array of {@code {revision, at, kind, changeId, userId, name?, operations}}. */
    StreamingOutput json(BranchId branch, Timeline.Range range) {
        timeline.requirePlace();
        return out -> reading(branch, () -> {
            try (JsonGenerator json = generator(out)) {
                json.writeStartArray();
                each(branch, range, (page, people) -> {
                    for (StoredChange change : page) {
                        write(json, change, people);
                    }
                    json.flush();
                });
                json.writeEndArray();
            }
        });
    }

    /** A broken stream must look broken: what is open stays open. */
    private static JsonGenerator generator(OutputStream out) throws IOException {
        return Json.MAPPER.getFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    }

    private static void write(JsonGenerator json, StoredChange change, Map<String, String> people) throws IOException {
        ChangeCodec.Outline outline = ChangeCodec.outline(change);
        json.writeStartObject();
        json.writeNumberField("revision", change.revision());
        json.writeStringField("at", change.at().toString());
        json.writeStringField("kind", outline.kind());
        json.writeStringField("changeId", change.id().toString());
        DiffAnswers.writeUser(json, outline.userId(), people);
        json.writeFieldName("operations");
        json.writeRawValue(outline.operations());
        json.writeEndObject();
    }

    /** A row for each change: how many operations it has, and which elements they are about. */
    StreamingOutput edits(BranchId branch, Timeline.Range range) {
        timeline.requirePlace();
        return out -> reading(branch, () -> {
            Writer csv = writer(out);
            Csv.write(csv, EDITS.stream().map(Csv::plain).toList());
            each(branch, range, (page, people) -> {
                for (StoredChange stored : page) {
                    CommittedChange change = ChangeCodec.load(stored);
                    List<Csv.Field> row = whoAndWhen(change, people);
                    row.add(Csv.plain(ChangeCodec.outline(stored).kind()));
                    row.add(Csv.number(change.operations().size()));
                    row.add(Csv.text(change.operations().stream().flatMap(operation -> History.elementsOf(operation).stream()).distinct()
                        .map(element -> element.value()).collect(Collectors.joining(" "))));
                    Csv.write(csv, row);
                }
            });
            csv.flush();
        });
    }

    /** A row for each change that moved a parameter, with the values of all of them behind it. */
    StreamingOutput parameters(BranchId branch, Timeline.Range range) {
        timeline.requirePlace();
        return out -> reading(branch, () -> {
            Writer csv = writer(out);
            // Folding begins where the range does; where that is beyond the head there is nothing to fold.
            long before = Math.min(range.from() - 1, range.head());
            var table = new ParameterTable(history.at(branch, before), history.at(branch, Math.max(before, range.to())));
            Csv.write(csv, Stream.concat(WHO_AND_WHEN.stream().map(Csv::plain), table.names().stream().map(Csv::text)).toList());
            each(branch, range, (page, people) -> {
                for (StoredChange stored : page) {
                    CommittedChange change = ChangeCodec.load(stored);
                    List<Csv.Field> values = table.after(change).orElse(List.of());
                    if (!values.isEmpty()) {
                        List<Csv.Field> row = whoAndWhen(change, people);
                        row.addAll(values);
                        Csv.write(csv, row);
                    }
                }
            });
            csv.flush();
        });
    }

    private static Writer writer(OutputStream out) {
        return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    private static List<Csv.Field> whoAndWhen(CommittedChange change, Map<String, String> people) {
        var row = new ArrayList<Csv.Field>();
        row.add(Csv.number(change.revision()));
        row.add(Csv.plain(change.at().toString()));
        row.add(Csv.text(change.author().userId()));
        row.add(Csv.text(people.getOrDefault(change.author().userId(), "")));
        return row;
    }

    // ---- reading

    /** What sends a timeline. */
    private interface Sending {
        void run() throws IOException;
    }

    /** The answer has begun by now: whatever goes wrong ends the connection, so that nobody takes a part for the whole. */
    private void reading(BranchId branch, Sending sending) throws IOException {
        try (Timeline.Reading place = timeline.begin()) {
            sending.run();
        } catch (RuntimeException e) {
            LOGGER.log(DEBUG, () -> "branch=%s its timeline is not sent to its end: %s".formatted(branch, e));
            throw new IOException("the timeline of " + branch + " ends unfinished", e);
        }
    }

    private void each(BranchId branch, Timeline.Range range, Pages pages) throws IOException {
        Instant deadline = clock.instant().plus(config.streamTime);
        var known = new HashMap<String, String>();
        Iterator<List<StoredChange>> changes = timeline.pages(branch, range);
        while (changes.hasNext()) {
            if (clock.instant().isAfter(deadline)) {
                throw new IOException("timeline of " + branch + " took longer than " + config.streamTime);
            }
            List<StoredChange> page = changes.next();
            addNames(branch, page, known);
            pages.take(page, known);
        }
    }

    /** Names of one page's people are kept for the next one, which has mostly the same. */
    private void addNames(BranchId branch, List<StoredChange> page, Map<String, String> known) {
        var users = page.stream().map(ChangeCodec::userId).collect(Collectors.toSet());
        if (!known.keySet().containsAll(users)) {
            known.clear();
            known.putAll(names.of(branch.session(), users));
        }
    }
}
