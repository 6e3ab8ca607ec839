package fr.portailfamille.notice.post;

import fr.portailfamille.town.TownProfile;
import org.jspecify.annotations.Nullable;

/**
 * A notice made ready to be handed over.
 *
 * @param letter encoded, down to the last byte; null where it could not be composed
 * @param fault what became of it without any mail server; null where there is a letter
 */
record Parcel(
        TownProfile town,
        NoticeDesk.Queued notice,
        @Nullable LetterMessage letter,
        @Nullable Delivery fault) {

    DueNotices.Due due() {
        return new DueNotices.Due(town.id(), notice.id(), null);
    }
}
