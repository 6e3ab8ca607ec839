package fr.portailfamille.launcher.bench;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The yardstick: mails of one size, ready beforehand, over one connection, one after the other. */
final class PlainMails {

    private static final int LINE = 76;

    private PlainMails() {}

    static double perSecond(int port, int mails, int octets) throws IOException {
        byte[] mail = mail(octets);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            expect(in, "220");
            say(out, in, "EHLO localhost", "250");
            long start = System.nanoTime();
            for (int i = 0; i < mails; i++) {
                say(out, in, "MAIL FROM:<plain@essai.example>", "250");
                say(out, in, "RCPT TO:<parent@essai.example>", "250");
                say(out, in, "DATA", "354");
                out.write(mail);
                out.flush();
                expect(in, "250");
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            say(out, in, "QUIT", "221");
            return mails / seconds;
        }
    }

    private static void say(OutputStream out, BufferedReader in, String command, String answer) throws IOException {
        out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        expect(in, answer);
    }

    private static void expect(BufferedReader in, String answer) throws IOException {
        String line = in.readLine();
        if (line == null || !line.startsWith(answer)) {
            throw new IOException("Expected " + answer + ", the server says " + line);
        }
    }

    private static byte[] mail(int octets) {
        ByteArrayOutputStream mail = new ByteArrayOutputStream(octets + LINE);
        mail.writeBytes(
                "Message-ID: <plain@essai.example>\r\nSubject: plain\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] line = ("x".repeat(LINE) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        while (mail.size() + line.length < octets) {
            mail.writeBytes(line);
        }
        mail.writeBytes(".\r\n".getBytes(StandardCharsets.US_ASCII));
        return mail.toByteArray();
    }
}
