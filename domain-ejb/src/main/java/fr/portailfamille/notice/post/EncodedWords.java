package fr.portailfamille.notice.post;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Words as headers can bear them (RFC 2047). Thousands of letters have the same few subjects and senders, and the library
 * looks for its encoders each time.
 */
final class EncodedWords {

    private static final int MOST = 500;
    private static final String UTF_8 = StandardCharsets.UTF_8.name();

    private final Encoder encoder;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    private interface Encoder {
        String encode(String words) throws UnsupportedEncodingException;
    }

    private EncodedWords(Encoder encoder) {
        this.encoder = encoder;
    }

    static EncodedWords ofText() {
        return new EncodedWords(words -> MimeUtility.encodeText(words, UTF_8, null));
    }

    /** Before an address fewer characters can stand as they are. */
    static EncodedWords ofNames() {
        return new EncodedWords(words -> MimeUtility.encodeWord(words, UTF_8, null));
    }

    String of(String words) {
        if (known.size() >= MOST) {
            known.clear();
        }
        return known.computeIfAbsent(words, this::encode);
    }

    private String encode(String words) {
        try {
            return encoder.encode(words);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException("UTF-8 is always there", e);
        }
    }
}
