package org.chorale.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What somebody sends who means no good, or whose client is broken: a seed repeats it. Nobody else's elements are named. */
final class HostileFrames {
    private static final List<String> VALID = List.of(
        "{'type':'hello','clientId':'mallory','guest':{'name':'mallory','color':'#000000','secret':'0123456789abcdef'},"
            + "'revision':0,'seat':'p-1'}",
        "{'type':'submit','changes':[{'changeId':'mallory:1','baseRevision':0,'seenRevision':0,'operations':[{'op':'create',"
            + "'id':'m','elementType':'box','parent':null,'props':{'n':1}},{'op':'set','id':'m','path':['n',0],'value':[1,2]},"
            + "{'op':'add','id':'m','path':['n'],'delta':1},"
            + "{'op':'text','id':'m','name':'t','edit':[1,'x',-1]},{'op':'append','id':'m','list':'l','items':[{'id':'i','value':1}]},"
            + "{'op':'item','id':'m','list':'l','item':'i','retracted':true},{'op':'member','id':'m','set':'s','member':'x','on':true},"
            + "{'op':'move','id':'m','parent':'m','after':null},{'op':'delete','id':'m'},{'op':'restore','id':'m'},"
            + "{'op':'resolve','conflict':'c','choice':'VALUE','value':1},{'op':'unset','id':'m','path':['n']}]}]}",
        "{'type':'submit','changes':[{'changeId':'mallory:2','baseRevision':0,'seenRevision':0,'strict':true,'onConflict':'MANUAL',"
            + "'operations':[{'op':'create','id':'m2','elementType':'box','parent':null}]},{'changeId':'mallory:3','baseRevision':0,"
            + "'seenRevision':0,'operations':[{'op':'set','id':'m2','path':['a'],'value':{'b':[true,null,'c']}}]}]}",
        "{'type':'undo','changeId':'mallory:1','undoId':'mallory:4'}",
        "{'type':'redo','changeId':'mallory:4','undoId':'mallory:5'}",
        "{'type':'awareness','state':{'pointer':{'position':[1,2,3]},'selection':['m'],'status':'AWAY','drag':{'id':'m'}},'partial':false}",
        "{'type':'lock','element':'m','leaseSeconds':10}",
        "{'type':'unlock','element':'m'}",
        "{'type':'chat','text':'hello','messageId':'1'}",
        "{'type':'resync','revision':0,'snapshot':true}",
        "{'type':'ping','t':1}");

    private static final List<String> VALUES = List.of("null", "true", "0", "-1", "1e400", "-1e400", "1e-400", "0.1", "9223372036854775808",
        "99999999999999999999999999999999999999999999", "\"\"", "\"\\ud800\"", "\"\\udfff\\ud800\"", "\"\\u0000\"",
        "\"__proto__\"", "\"../../x\"",
        "\"system:1\"", "\"system\"", "\"mallory:-1\"", "\"mallory:18446744073709551616\"", "\"main\"", "[]", "{}", "[[]]", "{\"\":null}",
        "{\"type\":\"hello\"}", "[1,2,3]", "\"<script>\"", "\"'; drop table branch; --\"", "\"p-1\"");

    private final RandomGenerator random;

    HostileFrames(RandomGenerator random) {
        this.random = random;
    }

    /** A frame that begins as a valid one. */
    String next() {
        String valid = pick(VALID).replace('\'', '"');
        return switch (random.nextInt(10)) {
            case 0 -> valid;
            case 1 -> valid.substring(0, random.nextInt(valid.length()));
            case 2 -> spoiled(valid);
            case 3 -> doubled(valid);
            case 4 -> "{\"type\":\"" + pick(List.of("submit", "awareness", "chat", "nothing", "welcome", ""))
                + "\",\"changes\":" + deep() + ",\"state\":" + deep() + "}";
            case 5 -> text(random.nextInt(200));
            default -> mutated(valid, 1 + random.nextInt(4));
        };
    }

    byte[] nextBytes() {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Fields removed, replaced, moved. */
    private String mutated(String valid, int times) {
        try {
            JsonNode frame = TestServer.JSON.readTree(valid);
            for (int i = 0; i < times; i++) {
                mutate(frame);
            }
            String text = frame.toString();
            // Numbers that no tree can hold are written into the text.
            return text.replace("\"@\"", pick(VALUES));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void mutate(JsonNode frame) {
        var places = new ArrayList<JsonNode>();
        collect(frame, places);
        switch (pick(places)) {
            case ObjectNode object when !object.isEmpty() -> {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                String name = pick(names);
                switch (random.nextInt(3)) {
                    case 0 -> object.remove(name);
                    case 1 -> object.put(name, "@");
                    default -> object.set(text(5), object.remove(name));
                }
            }
            case ArrayNode array when random.nextBoolean() && !array.isEmpty() -> array.remove(random.nextInt(array.size()));
            case ArrayNode array -> array.add("@");
            default -> { }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> places) {
        if (node.isContainerNode()) {
            places.add(node);
            node.forEach(child -> collect(child, places));
        }
    }

    private String spoiled(String valid) {
        byte[] bytes = valid.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 3; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(95));
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** The same field twice. */
    private String doubled(String valid) {
        return "{" + valid.substring(1, valid.length() - 1) + "," + valid.substring(1);
    }

    private String deep() {
        int depth = 1 + random.nextInt(5_000);
        return random.nextBoolean() ? "[".repeat(depth) + "]".repeat(depth) : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
    }

    private String text(int length) {
        return random.ints(length, 32, 0x2000).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
