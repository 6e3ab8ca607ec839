package fr.portailfamille.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The TCP ports of an instance, all on the loopback interface. */
public record Ports(int http, int https, int management, int database, int smtp) {

    /** The usual ports, all moved by the same number so that several clones run side by side. */
    public static Ports offset(int offset) {
        return new Ports(8080 + offset, 8443 + offset, 9990 + offset, 54320 + offset, 3025 + offset);
    }

    /** Ports that nobody listens on at this moment. */
    public static Ports free() {
        // All are held together, so that none is handed out twice.
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> found = held.stream().map(ServerSocket::getLocalPort).toList();
            return new Ports(found.get(0), found.get(1), found.get(2), found.get(3), found.get(4));
        } catch (IOException e) {
            throw new Problem("No free port was found on this machine: " + e.getMessage(), e);
        } finally {
            for (ServerSocket socket : held) {
                close(socket);
            }
        }
    }

    /** Those that {@link #settings} wrote down. */
    static Ports saved(Properties settings) {
        return new Ports(
                Integer.parseInt(settings.getProperty("http")),
                Integer.parseInt(settings.getProperty("https")),
                Integer.parseInt(settings.getProperty("management")),
                Integer.parseInt(settings.getProperty("database")),
                Integer.parseInt(settings.getProperty("smtp")));
    }

    Properties settings() {
        Properties settings = new Properties();
        settings.setProperty("http", Integer.toString(http));
        settings.setProperty("https", Integer.toString(https));
        settings.setProperty("management", Integer.toString(management));
        settings.setProperty("database", Integer.toString(database));
        settings.setProperty("smtp", Integer.toString(smtp));
        return settings;
    }

    /** These, with the server's from others: for a further server of an instance. */
    public Ports withServerOf(Ports other) {
        return new Ports(other.http, other.https, other.management, database, smtp);
    }

    Map<String, Integer> ofServer() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("HTTP", http);
        ports.put("HTTPS", https);
        ports.put("management", management);
        return ports;
    }

    /** Says which port is taken and what to do, before a half-started server says it less clearly. */
    static void requireFree(String what, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new Problem(
                    ("Port %d (%s) is taken by another program. End that program, or move all ports of this portal, "
                                    + "for instance: PORTAIL_PORT_OFFSET=100 ./portail run")
                            .formatted(port, what),
                    e);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // A probe socket that does not close leaves its port taken: starting on it will say so.
            System.err.println("Port " + socket.getLocalPort() + " was not given back: " + e.getMessage());
        }
    }
}
