package fr.portailfamille.exchange.load;

import org.jspecify.annotations.Nullable;

/**
 * Whether all keys of a file differ. Most files have no key twice, and to know that from reading them spares the database
 * looking for it. Keeps their hashes, of a million keys at most (16 MiB).
 */
final class KeysSeen {

    private static final int MOST = 1 << 21;
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final int END = 0x1f;

    private long @Nullable [] hashes = new long[1 << 10];
    private @Nullable Boolean found = true;
    private int seen;
    private long hash = OFFSET;

    /** One more part of a key. */
    void part(CharSequence part) {
        for (int i = 0; i < part.length(); i++) {
            mix(part.charAt(i));
        }
        mix(END);
    }

    private void mix(int character) {
        hash = (hash ^ character) * PRIME;
    }

    /** The key's parts are all told. */
    void end() {
        long key = hash;
        hash = OFFSET;
        if (hashes == null) {
            return;
        }
        if (!put(hashes, spread(key))) {
            end(false);
        } else if (++seen > MOST / 2) {
            end(null);
        } else if (seen > hashes.length / 2) {
            hashes = larger(hashes);
        }
    }

    private void end(@Nullable Boolean what) {
        found = what;
        hashes = null;
    }

    /** True: no key was there twice. False: one was, or two have one hash. Null: there were too many to say. */
    @Nullable
    Boolean differ() {
        return found;
    }

    private static long[] larger(long[] hashes) {
        long[] larger = new long[hashes.length * 2];
        for (long each : hashes) {
            if (each != 0) {
                put(larger, each);
            }
        }
        return larger;
    }

    /** False where it is there already. */
    private static boolean put(long[] into, long key) {
        int at = (int) key & into.length - 1;
        while (into[at] != 0) {
            if (into[at] == key) {
                return false;
            }
            at = at + 1 & into.length - 1;
        }
        into[at] = key;
        return true;
    }

    /** Brings the upper bits down, which FNV-1a leaves the best of its work in; a free place is 0. */
    private static long spread(long key) {
        long spread = (key ^ key >>> 33) * 0xff51afd7ed558ccdL;
        spread ^= spread >>> 29;
        return spread == 0 ? 1 : spread;
    }
}
