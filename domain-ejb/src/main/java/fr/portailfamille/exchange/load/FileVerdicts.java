package fr.portailfamille.exchange.load;

import fr.portailfamille.exchange.format.FileFormat;

/**
 * What would become of the rows of a file.
 *
 * @param standing rows in place before, in what the file covers; 0 where it lacks none
 */
public record FileVerdicts(
        FileFormat file,
        long received,
        long created,
        long changed,
        long unchanged,
        long archived,
        long rejected,
        long warnings,
        long missing,
        long standing) {

    FileVerdicts withWarnings(long more) {
        return new FileVerdicts(
                file, received, created, changed, unchanged, archived, rejected, warnings + more, missing, standing);
    }
}
