package fr.portailfamille.backoffice;

import fr.portailfamille.exchange.FileCounts;
import java.util.ArrayList;
import java.util.List;

/** What applying a lot does, in sentences that name what is archived: « 312 individus seront archivés ». */
final class Effects {

    private Effects() {}

    static List<String> of(List<FileCounts> files) {
        List<String> sentences = new ArrayList<>();
        for (FileCounts file : files) {
            if (file.counts().archived() > 0) {
                sentences.add(archived(file.file(), file.counts().archived()));
            }
        }
        for (FileCounts file : files) {
            if (file.counts().rejected() > 0) {
                sentences.add(Words.of("effect.rejected", file.counts().rejected(), file.file()));
            }
        }
        long created = files.stream().mapToLong(file -> file.counts().created()).sum();
        long changed = files.stream().mapToLong(file -> file.counts().changed()).sum();
        sentences.add(Words.of("effect.created", created));
        sentences.add(Words.of("effect.changed", changed));
        return sentences;
    }

    private static String archived(String file, long many) {
        String key = "archived." + file;
        return Words.bundle().containsKey(key) ? Words.of(key, many) : Words.of("effect.archived", many, file);
    }
}
