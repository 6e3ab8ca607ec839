package fr.portailfamille.common;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts and decrypts the secret columns of one town: AES-256-GCM under the town's data key, a random nonce, the key's
 * number in front, and the place of the value (table/column/reference) as associated data, so that a cipher text moved
 * elsewhere does not open. Beside it a keyed hash serves equality. Safe for use by several threads.
 */
public final class TownVault {

    private static final byte KEY_NUMBER = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ThreadLocal<Nonces> NONCES = ThreadLocal.withInitial(Nonces::new);

    private final SecretKeySpec dataKey;
    private final SecretKeySpec macKey;
    private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(() -> {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    });
    private final ThreadLocal<Mac> macs;

    /** Drawn many at a time: a draw takes a lock, and imports need hundreds of thousands. */
    private static final class Nonces {

        private final byte[] drawn = new byte[NONCE * 256];
        private int next = drawn.length;

        byte[] next() {
            if (next == drawn.length) {
                RANDOM.nextBytes(drawn);
                next = 0;
            }
            byte[] nonce = Arrays.copyOfRange(drawn, next, next + NONCE);
            next += NONCE;
            return nonce;
        }
    }

    TownVault(byte[] key) {
        dataKey = new SecretKeySpec(key, "AES");
        macKey = new SecretKeySpec(hmac(new SecretKeySpec(key, "HmacSHA256"), "portail-famille/mac"), "HmacSHA256");
        macs = ThreadLocal.withInitial(() -> newMac(macKey));
    }

    /** A fresh data key, wrapped by the master key. */
    static byte[] newWrappedKey(MasterKey master, String town) {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        return seal(cipher(), master.key(), key, "town/" + town);
    }

    static TownVault unwrap(MasterKey master, String town, byte[] wrapped) {
        return new TownVault(open(cipher(), master.key(), wrapped, "town/" + town));
    }

    /** Null stays null. */
    public byte @Nullable [] encrypt(String place, @Nullable String value) {
        return value == null ? null : encryptBytes(place, value.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] encryptBytes(String place, byte[] value) {
        return seal(ciphers.get(), dataKey, value, place);
    }

    /**
     * The plain value; null stays null.
     *
     * @throws IllegalStateException when the value was changed, moved from its place, or is another town's
     */
    public @Nullable String decrypt(String place, byte @Nullable [] value) {
        return value == null ? null : new String(decryptBytes(place, value), StandardCharsets.UTF_8);
    }

    public byte[] decryptBytes(String place, byte[] value) {
        return open(ciphers.get(), dataKey, value, place);
    }

    /** Equal for equal values of this town only. Null stays null. */
    public byte @Nullable [] mac(@Nullable String value) {
        return value == null ? null : macs.get().doFinal(value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] seal(Cipher cipher, SecretKeySpec key, byte[] plain, String place) {
        try {
            byte[] nonce = NONCES.get().next();
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = cipher.doFinal(plain);
            return ByteBuffer.allocate(1 + NONCE + sealed.length)
                    .put(KEY_NUMBER)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A value could not be encrypted", e);
        }
    }

    private static byte[] open(Cipher cipher, SecretKeySpec key, byte[] sealed, String place) {
        try {
            if (sealed.length < 1 + NONCE + TAG_BITS / 8 || sealed[0] != KEY_NUMBER) {
                throw new IllegalStateException("Not a value of this vault");
            }
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 1, NONCE));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A value could not be decrypted", e);
        }
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        return newMac(key).doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Mac newMac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
