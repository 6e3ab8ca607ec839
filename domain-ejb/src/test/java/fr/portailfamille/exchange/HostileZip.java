package fr.portailfamille.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A ZIP made to be read in two ways, or to claim what is not so: each method gives the bytes of another one. */
final class HostileZip {

    private static final int END = 22;
    private static final int ENTRY = 46;

    private final byte[] good;

    private HostileZip(byte[] good) {
        this.good = good;
    }

    /** @param good with no comment of its own */
    static HostileZip with(byte[] good) {
        return new HostileZip(good);
    }

    /** With a comment of these parts. */
    byte[] comment(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(good);
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        ByteBuffer zip = littleEndian(out.toByteArray());
        zip.putShort(good.length - 2, (short) (out.size() - good.length));
        return zip.array();
    }

    /** The end claims so many files. */
    byte[] claiming(int files) {
        ByteBuffer zip = littleEndian(good.clone());
        zip.putShort(good.length - 14, (short) files);
        zip.putShort(good.length - 12, (short) files);
        return zip.array();
    }

    /** The end claims a directory of so many bytes. */
    byte[] claimingDirectoryOf(int bytes) {
        return littleEndian(good.clone()).putInt(good.length - 10, bytes).array();
    }

    /**
     * At the end of the last entry stands a wide end of an empty directory, which readers pass over because it contradicts
     * the short one.
     */
    byte[] contradictedByAWideEnd() {
        int end = good.length - END;
        int directory = littleEndian(good).getInt(end + 16);
        ByteBuffer extra = littleEndian(new byte[80]);
        extra.putShort(0, (short) 0xCAFE).putShort(2, (short) 76);
        extra.putInt(4, 0x06064b50).putLong(8, 44);
        extra.putInt(60, 0x07064b50).putLong(68, end + 4).putInt(76, 1);
        ByteBuffer zip = littleEndian(new byte[good.length + 80]);
        zip.put(good, 0, end).put(extra.array()).put(good, end, END);
        zip.putShort(lastEntry(directory, end) + 30, (short) 80);
        zip.putShort(end + 80 + 8, (short) 0xFFFF).putShort(end + 80 + 10, (short) 0xFFFF);
        zip.putInt(end + 80 + 12, end + 80 - directory);
        return zip.array();
    }

    /** With a wide end, as ZIPs of very many files have it, and nothing wrong about it. */
    byte[] withAWideEnd() {
        int end = good.length - END;
        ByteBuffer from = littleEndian(good);
        ByteBuffer zip = littleEndian(new byte[good.length + 76]);
        zip.put(good, 0, end);
        zip.putInt(0x06064b50).putLong(44).putInt(0).putLong(0);
        zip.putLong(from.getShort(end + 8)).putLong(from.getShort(end + 10));
        zip.putLong(from.getInt(end + 12)).putLong(from.getInt(end + 16));
        zip.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
        zip.put(good, end, 8).putInt(-1).putInt(-1).putInt(-1).put(good, end + 20, 2);
        return zip.array();
    }

    /** The last entry's comment is no text in UTF-8. */
    byte[] withAnUnreadableComment() {
        int end = good.length - END;
        int directory = littleEndian(good).getInt(end + 16);
        ByteBuffer zip = littleEndian(new byte[good.length + 1]);
        zip.put(good, 0, end).put((byte) 0xFF).put(good, end, END);
        zip.putShort(lastEntry(directory, end) + 32, (short) 1);
        zip.putInt(end + 1 + 12, end + 1 - directory);
        return zip.array();
    }

    /** The directory gives an entry this size, which need not be true. */
    byte[] saying(String name, int size) {
        ByteBuffer zip = littleEndian(good.clone());
        zip.putInt(entry(name) + 24, size);
        return zip.array();
    }

    /** As {@link #saying(String, int)}, and this one when it is compressed. */
    byte[] saying(String name, int size, int compressed) {
        ByteBuffer zip = littleEndian(saying(name, size));
        zip.putInt(entry(name) + 20, compressed);
        return zip.array();
    }

    private int entry(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer zip = littleEndian(good);
        for (int at = 0; at < good.length - ENTRY - wanted.length; at++) {
            if (zip.getInt(at) == 0x02014b50
                    && Arrays.equals(wanted, 0, wanted.length, good, at + ENTRY, at + ENTRY + wanted.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException("No " + name);
    }

    private int lastEntry(int directory, int end) {
        ByteBuffer zip = littleEndian(good);
        int last = directory;
        for (int at = directory; at < end; ) {
            last = at;
            at += ENTRY + zip.getShort(at + 28) + zip.getShort(at + 30) + zip.getShort(at + 32);
        }
        return last;
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
