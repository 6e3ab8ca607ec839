package fr.portailfamille.notice;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** A gateway for short messages where the server looks for one; answers as it is told, otherwise that it took them. */
final class SmsStub implements AutoCloseable {

    /** Takes the message and hangs up without an answer. */
    static final int HANGS_UP = 0;

    /** What came in. */
    record Taken(String key, String to, String text) {}

    private final HttpServer server;
    private final List<Taken> taken = new ArrayList<>();
    private final Map<String, Deque<Integer>> answers = new HashMap<>();

    SmsStub() throws IOException {
        URI address = URI.create(System.getenv("PORTAIL_SMS_URL"));
        server = HttpServer.create(new InetSocketAddress(address.getHost(), address.getPort()), 0);
        server.setExecutor(Executors.newSingleThreadExecutor());
        server.createContext(address.getPath(), this::answer);
        server.start();
    }

    synchronized void answers(String to, int... statuses) {
        for (int status : statuses) {
            answers.computeIfAbsent(to, any -> new ArrayDeque<>()).add(status);
        }
    }

    synchronized List<Taken> taken(String to) {
        return taken.stream().filter(each -> each.to().equals(to)).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonObject message;
        try (JsonReader reader = Json.createReader(exchange.getRequestBody())) {
            message = reader.readObject();
        }
        int status = status(new Taken(
                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                message.getString("to"),
                message.getString("text")));
        if (status != HANGS_UP) {
            exchange.sendResponseHeaders(status, -1);
        }
        exchange.close();
    }

    private synchronized int status(Taken message) {
        taken.add(message);
        Deque<Integer> told = answers.get(message.to());
        return told == null || told.isEmpty() ? 202 : told.remove();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
