package fr.portailfamille.request;

import fr.portailfamille.document.StoredDocument;
import fr.portailfamille.request.NewRequest.Decided;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** One thing that a request asks for, decided by itself. Its number is its place in the request, from 1. */
public sealed interface NewLine {

    LineKind kind();

    /** What was decided at once; null while it waits for the business application. */
    default @Nullable Decided decided() {
        return null;
    }

    /** One child, activity and day. */
    record Booking(
            LineAction action,
            long individual,
            long schedule,
            LocalDate day,
            @Nullable String absenceCode,
            @Nullable Decided decided)
            implements NewLine {

        @Override
        public LineKind kind() {
            return LineKind.BOOKING;
        }
    }

    /**
     * One value of a family's or a child's file. References are those of the business application.
     *
     * @param subject whose value it is; null for what is to be added
     * @param parent what the subject belongs to: the child of an allergy, say
     * @param item lines with the same item make one new row
     * @param field the column of the exchange contract
     */
    record Change(
            ChangeOperation operation,
            ChangeSubject subjectKind,
            @Nullable String subject,
            @Nullable String parent,
            @Nullable String item,
            String field,
            @Nullable String oldValue,
            @Nullable String newValue)
            implements NewLine {

        @Override
        public LineKind kind() {
            return LineKind.CHANGE;
        }
    }

    /**
     * A paper.
     *
     * @param type the reference of a document type, {@code _PHOTO} or {@code _OTHER}
     * @param subject the reference of the family or individual that it is about
     * @param document stored in the same transaction
     */
    record Upload(
            String type,
            String subject,
            String fileName,
            StoredDocument document,
            @Nullable String comment) implements NewLine {

        @Override
        public LineKind kind() {
            return LineKind.UPLOAD;
        }
    }
}
