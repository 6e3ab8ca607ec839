package fr.portailfamille.launcher.mail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail server that takes every mail, keeps its Message-ID and addressee, and throws the rest away. */
public final class MailSink implements AutoCloseable {

    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID:\\s*(<[^>]*>)");
    private static final Pattern RECIPIENT = Pattern.compile("(?i)RCPT TO:\\s*<([^>]*)>.*");
    private static final int HEADERS = 4096;

    private final int port;
    private final List<Taken> taken = new ArrayList<>();
    private final Map<Integer, Runnable> beforeAnswer = new ConcurrentHashMap<>();
    private final Map<Integer, Runnable> afterAnswer = new ConcurrentHashMap<>();
    private final List<Socket> lines = new ArrayList<>();
    private int linesSoFar;
    private ServerSocket server;

    /** A mail that was received to its end. */
    public record Taken(String messageId, String to, int octets) {}

    public MailSink() {
        open(0);
        port = server.getLocalPort();
    }

    public int port() {
        return port;
    }

    /** All, in the order in which they came. */
    public List<Taken> taken() {
        synchronized (taken) {
            return List.copyOf(taken);
        }
    }

    public int count() {
        synchronized (taken) {
            return taken.size();
        }
    }

    /** How many connections were ever taken. */
    public int linesSoFar() {
        synchronized (lines) {
            return linesSoFar;
        }
    }

    /** Once the mail of this number (from 1) has come whole and before the sender hears of it. */
    public void beforeAnswer(int number, Runnable act) {
        beforeAnswer.put(number, act);
    }

    /** Once the sender may have heard that the mail of this number was taken. */
    public void afterAnswer(int number, Runnable act) {
        afterAnswer.put(number, act);
    }

    /** From now on connections are refused, and those that stand are cut. */
    @Override
    public void close() {
        try {
            server.close();
            synchronized (lines) {
                for (Socket line : lines) {
                    line.close();
                }
                lines.clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes mails again, on the port it had. */
    public void reopen() {
        open(port);
    }

    private void open(int at) {
        try {
            ServerSocket opened = new ServerSocket(at, 50, InetAddress.getLoopbackAddress());
            server = opened;
            daemon(() -> listen(opened), "mail-sink");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void listen(ServerSocket on) {
        while (!on.isClosed()) {
            try {
                Socket line = on.accept();
                line.setTcpNoDelay(true);
                synchronized (lines) {
                    lines.add(line);
                    linesSoFar++;
                }
                daemon(() -> talk(line), "mail-sink-line");
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket line) {
        try (line) {
            InputStream in = new BufferedInputStream(line.getInputStream(), 65_536);
            OutputStream out = line.getOutputStream();
            say(out, "220 sink");
            String to = "";
            for (String command = line(in); command != null; command = line(in)) {
                String verb =
                        command.length() < 4 ? "" : command.substring(0, 4).toUpperCase(Locale.ROOT);
                switch (verb) {
                    case "RCPT" -> {
                        Matcher recipient = RECIPIENT.matcher(command);
                        to = recipient.matches() ? recipient.group(1) : command;
                        say(out, "250 ok");
                    }
                    case "DATA" -> {
                        say(out, "354 go on");
                        if (!take(in, out, to)) {
                            return;
                        }
                    }
                    case "QUIT" -> {
                        say(out, "221 bye");
                        return;
                    }
                    default -> say(out, "250 ok");
                }
            }
        } catch (IOException gone) {
            // The sender was killed, or the sink closed.
        }
    }

    private static void say(OutputStream out, String answer) throws IOException {
        out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString(StandardCharsets.UTF_8).stripTrailing();
            }
            line.write(c);
        }
        return null;
    }

    /** False where the line was cut before the mail's end: such a mail was not taken. */
    private boolean take(InputStream in, OutputStream out, String to) throws IOException {
        ByteArrayOutputStream headers = new ByteArrayOutputStream(HEADERS);
        int octets = 0;
        // How much of "\r\n.\r\n" has been read; the mail begins after a line's end.
        int ending = 2;
        while (ending < 5) {
            int c = in.read();
            if (c < 0) {
                return false;
            }
            octets++;
            if (headers.size() < HEADERS) {
                headers.write(c);
            }
            ending = ending(ending, c);
        }
        Matcher id = MESSAGE_ID.matcher(headers.toString(StandardCharsets.ISO_8859_1));
        int number;
        synchronized (taken) {
            taken.add(new Taken(id.find() ? id.group(1) : "", to, octets));
            number = taken.size();
        }
        run(beforeAnswer.remove(number));
        say(out, "250 taken");
        run(afterAnswer.remove(number));
        return true;
    }

    private static int ending(int before, int c) {
        return switch (c) {
            case '\r' -> before == 3 ? 4 : 1;
            case '\n' -> before == 1 ? 2 : before == 4 ? 5 : 0;
            case '.' -> before == 2 ? 3 : 0;
            default -> 0;
        };
    }

    private static void run(Runnable act) {
        if (act != null) {
            act.run();
        }
    }
}
