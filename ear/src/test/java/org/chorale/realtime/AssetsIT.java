package org.chorale.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.chorale.platform.Deployments;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files kept with a session, and its picture, as strangers send and fetch them. A session of this server keeps 5 assets and 21 MB. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AssetsIT {
    private static final int PORT = 19080;
    private static final String HOST = "localhost:" + PORT;
    private static final int MEGABYTE = 1024 * 1024;
    private static final int LARGEST = 20 * MEGABYTE;
    private static final int LARGEST_PICTURE = 64 * 1024;
    private static final String GUEST = "{\"name\":\"Bj\\u00f6rn\",\"color\":\"#336699\",\"secret\":\"bjoern-0123456789abcdef\"}";
    private static final String PAGE = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>";
    private static final byte[] PNG_BEGINNING = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452");

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private TestServer server;
    private String session;
    private String ownerKey;
    private RestCalls rest;

    @Deployment(testable = false)
    static EnterpriseArchive deployment() {
        return Deployments.application(AssetsIT.class);
    }

    @BeforeEach
    void startSession() throws Exception {
        server = new TestServer(HOST);
        JsonNode started = server.startSession(10);
        session = started.get("sessionId").textValue();
        ownerKey = started.get("ownerKey").textValue();
        rest = new RestCalls(HOST, session);
    }

    /** Bytes that begin as a PNG does; another seed, other bytes. */
    private static byte[] png(int length, long seed) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        System.arraycopy(PNG_BEGINNING, 0, content, 0, Math.min(length, PNG_BEGINNING.length));
        return content;
    }

    private static byte[] glb(int length, int version, int claimed) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN).put("glTF".getBytes(StandardCharsets.US_ASCII)).putInt(version)
            .putInt(claimed).putInt(length - 20).put("JSON".getBytes(StandardCharsets.US_ASCII)).array();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + HOST + "/api/v1/sessions/" + session + path)).timeout(TestServer.PATIENCE);
    }

    private HttpResponse<String> upload(String name, String type, BodyPublisher body) throws IOException, InterruptedException {
        String query = name == null ? "" : "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        return http.send(request("/assets" + query).header("Content-Type", type).header("Chorale-Guest", GUEST).POST(body).build(),
            BodyHandlers.ofString());
    }

    private HttpResponse<String> upload(byte[] png) throws IOException, InterruptedException {
        return upload("plan.png", "image/png", BodyPublishers.ofByteArray(png));
    }

    /** A body that does not tell its length. */
    private static BodyPublisher chunked(byte[] content) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content));
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws IOException, InterruptedException {
        var request = request(path);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private HttpResponse<String> putPicture(String type, byte[] content) throws IOException, InterruptedException {
        return http.send(request("/thumbnail").header("Content-Type", type).header("Chorale-Guest", GUEST)
            .PUT(BodyPublishers.ofByteArray(content)).build(), BodyHandlers.ofString());
    }

    private static JsonNode problem(HttpResponse<String> answer, int status, String slug) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = TestServer.JSON.readTree(answer.body());
        assertThat(problem.get("type").textValue()).isEqualTo("urn:chorale:problem:" + slug);
        return problem;
    }

    private void assertNothingIsKept() throws Exception {
        assertThat(rest.read("/assets").get("assets")).isEmpty();
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static void assertRunsNothing(HttpResponse<?> answer) {
        assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(answer, "Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
    }

    @Test
    @DisplayName("[AST-1][AST-7] 20 MiB go in and come out as they were, to be kept for ever")
    void given_the_largest_file_when_it_is_uploaded_then_it_can_be_fetched() throws Exception {
        byte[] content = png(LARGEST, 1);
        var answer = upload("Grundriß.png", "image/png", BodyPublishers.ofByteArray(content));
        JsonNode asset = RestCalls.answer(answer, 201);
        String path = "/assets/" + asset.get("assetId").textValue();
        assertThat(header(answer, "Location")).endsWith("/api/v1/sessions/" + session + path);
        assertThat(asset.get("name").textValue()).isEqualTo("Grundriß.png");
        assertThat(asset.get("mediaType").textValue()).isEqualTo("image/png");
        assertThat(asset.get("size").longValue()).isEqualTo(LARGEST);
        assertThat(asset.get("sha256").textValue()).isEqualTo(sha256(content));
        assertThat(asset).hasSize(5);
        assertThat(rest.read("/assets").at("/assets/0")).isEqualTo(asset);

        var fetched = get(path);
        assertThat(fetched.statusCode()).isEqualTo(200);
        assertThat(sha256(fetched.body())).isEqualTo(sha256(content));
        assertThat(header(fetched, "Content-Type")).isEqualTo("image/png");
        assertThat(header(fetched, "Content-Length")).isEqualTo(Integer.toString(LARGEST));
        assertThat(header(fetched, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(header(fetched, "Content-Disposition"))
            .isEqualTo("inline; filename=\"Grundri_.png\"; filename*=UTF-8''Grundri%C3%9F.png");
        assertRunsNothing(fetched);

        String tag = header(fetched, "ETag");
        assertThat(tag).isEqualTo("\"" + sha256(content) + "\"");
        for (String known : new String[] {tag, "*", "\"other\", " + tag, "W/" + tag}) {
            var unchanged = get(path, "If-None-Match", known);
            assertThat(unchanged.statusCode()).as(known).isEqualTo(304);
            assertThat(unchanged.body()).isEmpty();
            assertThat(header(unchanged, "ETag")).isEqualTo(tag);
            assertThat(header(unchanged, "Cache-Control")).contains("immutable");
        }
    }

    @Test
    @DisplayName("[AST-4] the same bytes again are the same asset, also at the same time")
    void given_the_same_bytes_again_then_the_same_asset_is_answered() throws Exception {
        byte[] content = png(MEGABYTE, 2);
        JsonNode first = RestCalls.answer(upload(content), 201);
        assertThat(RestCalls.answer(upload("another name.png", "image/png", BodyPublishers.ofByteArray(content)), 200)).isEqualTo(first);
        byte[] other = png(MEGABYTE, 3);
        var racing = IntStream.range(0, 4).mapToObj(i -> http.sendAsync(request("/assets").header("Content-Type", "image/png")
            .header("Chorale-Guest", GUEST).POST(BodyPublishers.ofByteArray(other)).build(), BodyHandlers.ofString())).toList();
        var answers = racing.stream().map(CompletableFuture::join).toList();
        assertThat(answers.stream().map(HttpResponse::statusCode)).containsOnlyOnce(201).containsOnly(200, 201);
        assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
        assertThat(rest.read("/assets").get("assets")).hasSize(2);
    }

    @Test
    @DisplayName("[AST-5] a byte more than allowed is refused, announced or not, with the limit told")
    void given_a_file_that_is_too_large_then_payload_too_large() throws Exception {
        byte[] content = png(LARGEST + 1, 4);
        assertThat(problem(upload(content), 413, "payload-too-large").get("detail").textValue()).contains("20971520");
        var endless = BodyPublishers.ofInputStream(() -> new SequenceInputStream(new ByteArrayInputStream(PNG_BEGINNING),
            new InputStream() {
                private long count;

                @Override
                public int read() {
                    return ++count > 60L * MEGABYTE ? -1 : 7;
                }
            }));
        assertThat(problem(upload("x", "image/png", endless), 413, "payload-too-large").get("detail").textValue()).contains("20971520");
        assertNothingIsKept();
    }

    @Test
    @DisplayName("[AST-5] a session keeps as many bytes and assets as it may, with both told")
    void given_a_session_that_is_full_then_quota_exceeded() throws Exception {
        byte[] first = png(LARGEST, 5);
        RestCalls.answer(upload(first), 201);
        assertThat(problem(upload(png(100_000, 7)), 409, "quota-exceeded").get("detail").textValue())
            .contains("1 assets of 20971520 bytes", "this one has 100000", "at most 5 of together 21000000 bytes");
        RestCalls.answer(upload(first), 200);
        for (int seed = 8; seed < 12; seed++) {
            RestCalls.answer(upload("x", "image/png", chunked(png(100, seed))), 201);
        }
        problem(upload(png(100, 12)), 409, "quota-exceeded");
        assertThat(rest.read("/assets").get("assets")).hasSize(5);
        JsonNode numbers = rest.read("/metrics", "Chorale-Owner-Key", ownerKey);
        assertThat(numbers.get("assets").intValue()).isEqualTo(5);
        assertThat(numbers.get("assetBytes").longValue()).isEqualTo(LARGEST + 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/svg+xml", "image/gif", "text/html", "application/octet-stream", "application/json", "model/gltf+json"})
    @DisplayName("[AST-2] other types are refused, SVG before all")
    void given_another_type_then_unsupported_media_type(String type) throws Exception {
        problem(upload("x.svg", type, BodyPublishers.ofString(PAGE)), 415, "unsupported-media-type");
        problem(putPicture(type, png(100, 1)), 415, "unsupported-media-type");
        assertNothingIsKept();
    }

    @ParameterizedTest
    @CsvSource({"image/png", "image/jpeg", "image/webp", "model/gltf-binary"})
    @DisplayName("[AST-2] a page is a page, whatever type it is sent under")
    void given_content_that_lies_then_invalid_content(String type) throws Exception {
        problem(upload("x", type, BodyPublishers.ofString(PAGE)), 422, "invalid-content");
        problem(upload("x", type, BodyPublishers.noBody()), 422, "invalid-content");
        assertNothingIsKept();
    }

    @Test
    @DisplayName("[AST-2][AST-7] binary glTF of version 2 and of the length that it tells is kept, and offered for saving")
    void given_a_model_then_its_header_decides() throws Exception {
        String type = "model/gltf-binary";
        problem(upload("m", type, BodyPublishers.ofByteArray(glb(1_000, 1, 1_000))), 422, "invalid-content");
        problem(upload("m", type, BodyPublishers.ofByteArray(glb(1_000, 2, 1_001))), 422, "invalid-content");
        problem(upload("m", type, BodyPublishers.ofByteArray(glb(1_000, 2, 999))), 422, "invalid-content");
        problem(upload("m", type, BodyPublishers.ofByteArray(glb(1_000, 2, -1))), 413, "payload-too-large");
        byte[] sound = glb(1_000, 2, 1_000);
        JsonNode asset = RestCalls.answer(upload(null, type, BodyPublishers.ofByteArray(sound)), 201);
        assertThat(asset.get("name").textValue()).isEqualTo("model.glb");
        var fetched = get("/assets/" + asset.get("assetId").textValue());
        assertThat(fetched.body()).isEqualTo(sound);
        assertThat(header(fetched, "Content-Type")).isEqualTo(type);
        assertThat(header(fetched, "Content-Disposition")).startsWith("attachment;");
    }

    @Test
    @DisplayName("[AST-3] an upload that breaks off, or ends before its announced end, leaves nothing")
    void given_a_sender_that_goes_then_nothing_is_kept() throws Exception {
        long before = brokenOff();
        try (var socket = new Socket("localhost", PORT)) {
            socket.getOutputStream().write(("POST /api/v1/sessions/" + session + "/assets HTTP/1.1\r\nHost: " + HOST
                + "\r\nContent-Type: image/png\r\nChorale-Guest: " + GUEST + "\r\nContent-Length: 3000000\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(png(2_000_000, 12));
        }
        server.until("the upload is given up", () -> brokenOff() > before);
        assertNothingIsKept();
    }

    private long brokenOff() throws Exception {
        var answer = http.send(HttpRequest.newBuilder(URI.create("http://" + HOST + "/metrics")).build(), BodyHandlers.ofString());
        return answer.body().lines()
            .filter(line -> line.startsWith("chorale_assets_refused_total{") && line.contains("\"invalid-request\""))
            .map(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).findFirst().orElse(0L);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "../../../etc/passwd | passwd | filename=\"passwd\"",
        "a\"; filename=\"evil.exe | a\"; filename=\"evil.exe | filename=\"a_; filename=_evil.exe\"",
        "C:\\fakepath\\x.png | x.png | filename=\"x.png\"",
        "100%25.png | 100%25.png | filename=\"100_25.png\"",
    })
    @DisplayName("[AST-6] a hostile name becomes a harmless one, in the body and in the header")
    void given_a_hostile_name_then_it_is_cleaned(String given, String clean, String told) throws Exception {
        JsonNode asset = RestCalls.answer(upload(given, "image/png", BodyPublishers.ofByteArray(png(100, 13))), 201);
        assertThat(asset.get("name").textValue()).isEqualTo(clean);
        assertThat(header(get("/assets/" + asset.get("assetId").textValue()), "Content-Disposition"))
            .contains(told + "; filename*=UTF-8''");
    }

    @Test
    @DisplayName("[AST-6] control characters are gone, and no header can be added by them")
    void given_a_name_with_line_breaks_then_there_are_none() throws Exception {
        String name = "a\r\nSet-Cookie: x=1\0\u202egnp.png";
        JsonNode asset = RestCalls.answer(upload(name, "image/png", BodyPublishers.ofByteArray(png(100, 14))), 201);
        assertThat(asset.get("name").textValue()).isEqualTo("aSet-Cookie: x=1gnp.png");
        assertThat(get("/assets/" + asset.get("assetId").textValue()).headers().firstValue("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        " | 401 | unauthenticated", "Ana | 400 | invalid-request", "{} | 400 | invalid-request", "[] | 400 | invalid-request",
        "{\"name\":\"\",\"color\":\"#336699\"} | 400 | invalid-request",
        "{\"name\":\"Ana\",\"color\":\"#336699\",\"role\":\"OWNER\"} | 400 | invalid-request",
        "{\"name\":\"Ana\",\"color\":\"#336699\",\"secret\":\"short\"} | 400 | invalid-request",
        "{\"name\":\"A\\u0000\",\"color\":\"#336699\"} | 400 | invalid-request",
    })
    @DisplayName("[AST-1] who says not who they are keeps nothing")
    void given_no_guest_then_the_call_is_refused(String guest, int status, String slug) throws Exception {
        for (String path : new String[] {"/assets", "/thumbnail"}) {
            var request = request(path).header("Content-Type", "image/png")
                .method(path.equals("/assets") ? "POST" : "PUT", BodyPublishers.ofByteArray(png(100, 15)));
            if (guest != null) {
                request.header("Chorale-Guest", guest);
            }
            problem(http.send(request.build(), BodyHandlers.ofString()), status, slug);
        }
        assertNothingIsKept();
    }

    @Test
    @DisplayName("[AST-7][AST-11] what is not there is told so, and an asset belongs to its session")
    void given_ids_that_are_unknown_then_not_found() throws Exception {
        String asset = RestCalls.answer(upload(png(100, 16)), 201).get("assetId").textValue();
        assertThat(rest.problem("GET", "/assets/nonsense", null)).isEqualTo("asset-not-found");
        assertThat(rest.problem("GET", "/assets/" + "0".repeat(26), null)).isEqualTo("asset-not-found");
        assertThat(rest.problem("GET", "/thumbnail", null)).isEqualTo("not-found");
        String other = server.startSession(2).get("sessionId").textValue();
        assertThat(new RestCalls(HOST, other).problem("GET", "/assets/" + asset, null)).isEqualTo("asset-not-found");
        var nowhere = new RestCalls(HOST, "0000000000");
        for (String path : new String[] {"/assets", "/assets/" + asset, "/thumbnail"}) {
            assertThat(nowhere.problem("GET", path, null)).isEqualTo("session-not-found");
        }
        session = "0000000000";
        problem(upload(png(100, 16)), 404, "session-not-found");
        problem(putPicture("image/png", png(100, 16)), 404, "session-not-found");
    }

    @Test
    @DisplayName("[AST-11] a closed session shows what it has, and takes nothing more")
    void given_a_session_that_is_closed_then_it_can_be_read() throws Exception {
        String asset = RestCalls.answer(upload(png(100, 17)), 201).get("assetId").textValue();
        assertThat(putPicture("image/png", png(100, 17)).statusCode()).isEqualTo(204);
        server.closeSession(session, ownerKey);
        problem(upload(png(100, 18)), 410, "session-closed");
        problem(putPicture("image/png", png(100, 18)), 410, "session-closed");
        assertThat(rest.read("/assets").get("assets")).hasSize(1);
        assertThat(get("/assets/" + asset).body()).isEqualTo(png(100, 17));
        assertThat(get("/thumbnail").body()).isEqualTo(png(100, 17));
    }

    @Test
    @DisplayName("[AST-9][AST-10] the last picture counts, at most one every few seconds, and its address tells which one it is")
    void given_a_picture_when_another_is_put_then_everybody_gets_that() throws Exception {
        rest.send("PATCH", "", "{\"visibility\":\"public\"}", "Chorale-Owner-Key", ownerKey);
        assertThat(rest.read("").has("thumbnail")).isFalse();
        byte[] first = png(LARGEST_PICTURE, 19);
        assertThat(putPicture("image/png", first).statusCode()).isEqualTo(204);
        String path = rest.read("").get("thumbnail").textValue();
        assertThat(path).isEqualTo("/api/v1/sessions/" + session + "/thumbnail?v=1");
        var fetched = http.send(HttpRequest.newBuilder(URI.create("http://" + HOST + path)).build(), BodyHandlers.ofByteArray());
        assertThat(fetched.body()).isEqualTo(first);
        assertThat(header(fetched, "Content-Type")).isEqualTo("image/png");
        assertThat(header(fetched, "Cache-Control")).isEqualTo("no-cache");
        assertRunsNothing(fetched);
        String tag = header(fetched, "ETag");
        assertThat(get("/thumbnail", "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(get("/thumbnail", "If-None-Match", "\"v2\", v1, W/\"other\"").statusCode()).isEqualTo(200);

        var tooSoon = putPicture("image/png", png(100, 20));
        assertThat(RestCalls.answer(tooSoon, 202).get("retryAfter").intValue()).isBetween(1, 2);
        assertThat(Integer.parseInt(header(tooSoon, "Retry-After"))).isBetween(1, 2);
        assertThat(get("/thumbnail").body()).isEqualTo(first);

        byte[] second = HexFormat.of().parseHex("52494646" + "0c000000" + "57454250" + "56503820" + "00000000");
        server.until("the next picture is taken", () -> putPicture("image/webp", second).statusCode() == 204);
        var changed = get("/thumbnail", "If-None-Match", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo(second);
        assertThat(header(changed, "Content-Type")).isEqualTo("image/webp");
        JsonNode listed = new RestCalls(HOST, "").read("?limit=100").get("sessions");
        assertThat(listed).anySatisfy(each -> assertThat(each.path("thumbnail").asText())
            .isEqualTo("/api/v1/sessions/" + session + "/thumbnail?v=2"));
    }

    @Test
    @DisplayName("[AST-9] a picture is a small one of its type, or refused")
    void given_a_picture_that_is_none_then_it_is_refused() throws Exception {
        assertThat(problem(putPicture("image/png", png(LARGEST_PICTURE + 1, 21)), 413, "payload-too-large").get("detail").textValue())
            .contains("65536");
        var streamed = http.send(request("/thumbnail").header("Content-Type", "image/png").header("Chorale-Guest", GUEST)
            .PUT(chunked(png(2 * MEGABYTE, 22))).build(), BodyHandlers.ofString());
        problem(streamed, 413, "payload-too-large");
        problem(putPicture("image/jpeg", png(100, 23)), 422, "invalid-content");
        problem(putPicture("model/gltf-binary", glb(100, 2, 100)), 415, "unsupported-media-type");
        problem(putPicture("image/png", new byte[0]), 422, "invalid-content");
        assertThat(get("/thumbnail").statusCode()).isEqualTo(404);
        assertThat(rest.read("").has("thumbnail")).isFalse();
    }
}
