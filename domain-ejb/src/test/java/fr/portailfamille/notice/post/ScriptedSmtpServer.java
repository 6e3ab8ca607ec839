package fr.portailfamille.notice.post;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A mail server that does as it is told at each step: answers, drops the line, or says nothing more. */
final class ScriptedSmtpServer implements AutoCloseable {

    enum Step {
        GREETING("220 ready"),
        HELLO("250 hello"),
        MAIL("250 sender ok"),
        RCPT("250 recipient ok"),
        DATA("354 go on"),
        BODY("250 taken"),
        OTHER("250 ok"),
        QUIT("221 bye");

        private final String usual;

        Step(String usual) {
            this.usual = usual;
        }
    }

    private static final String DROP = "drop";
    private static final String HANG = "hang";

    private final ServerSocket server;
    private final Thread listener;
    private final Map<Step, Queue<String>> script = new EnumMap<>(Step.class);
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final List<Socket> lines = new CopyOnWriteArrayList<>();

    ScriptedSmtpServer() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Step step : Step.values()) {
            script.put(step, new ConcurrentLinkedQueue<>());
        }
        listener = new Thread(this::listen, "scripted-smtp");
        listener.setDaemon(true);
        listener.start();
    }

    private volatile Duration slowness = Duration.ZERO;

    int port() {
        return server.getLocalPort();
    }

    /** The next time this step is reached, this is the answer; later ones are as usual. */
    ScriptedSmtpServer answer(Step step, String answer) {
        script.get(step).add(answer);
        return this;
    }

    ScriptedSmtpServer drop(Step step) {
        return answer(step, DROP);
    }

    ScriptedSmtpServer hang(Step step) {
        return answer(step, HANG);
    }

    /** From now on each answer takes that long. */
    ScriptedSmtpServer answerAfter(Duration pause) {
        slowness = pause;
        return this;
    }

    /** Mails whose body was received whole, whatever was answered to it. */
    List<String> received() {
        return accepted;
    }

    int connections() {
        return lines.size();
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                Socket line = server.accept();
                lines.add(line);
                Thread talk = new Thread(() -> talk(line), "scripted-smtp-line");
                talk.setDaemon(true);
                talk.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket line) {
        try (line) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(line.getInputStream(), StandardCharsets.UTF_8));
            OutputStream out = line.getOutputStream();
            boolean open = reply(Step.GREETING, out, in);
            while (open) {
                String command = in.readLine();
                if (command == null) {
                    return;
                }
                Step step = step(command);
                open = reply(step, out, in);
                if (open && step == Step.DATA && lastAnswer.get().startsWith("354")) {
                    Optional<String> body = body(in);
                    body.ifPresent(accepted::add);
                    open = body.isPresent() && reply(Step.BODY, out, in);
                }
                open &= step != Step.QUIT;
            }
        } catch (IOException e) {
            // The other side went away, or the test is over.
        }
    }

    private final ThreadLocal<String> lastAnswer = ThreadLocal.withInitial(() -> "");

    private boolean reply(Step step, OutputStream out, BufferedReader in) throws IOException {
        String scripted = script.get(step).poll();
        String answer = scripted == null ? step.usual : scripted;
        if (answer.equals(DROP)) {
            return false;
        }
        if (answer.equals(HANG)) {
            // Until the other side gives up.
            while (in.readLine() != null) {}
            return false;
        }
        lastAnswer.set(answer);
        LockSupport.parkNanos(slowness.toNanos());
        out.write((answer + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return true;
    }

    private static Step step(String command) {
        String verb = command.toUpperCase(java.util.Locale.ROOT);
        if (verb.startsWith("EHLO") || verb.startsWith("HELO")) {
            return Step.HELLO;
        }
        for (Step step : List.of(Step.MAIL, Step.RCPT, Step.DATA, Step.QUIT)) {
            if (verb.startsWith(step.name())) {
                return step;
            }
        }
        return Step.OTHER;
    }

    /** Empty where the line was cut before the mail's end. */
    private static Optional<String> body(BufferedReader in) throws IOException {
        List<String> body = new ArrayList<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(".")) {
                return Optional.of(String.join("\r\n", body));
            }
            body.add(line);
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        try {
            server.close();
            // Until the listener has left accept(), the system may still let one more line in.
            listener.join();
            for (Socket line : lines) {
                line.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
