package fr.portailfamille.request;

/** What a line asks for on its day: a place, or to be absent from a booked one. */
public enum LineAction {
    BOOK,
    CANCEL
}
