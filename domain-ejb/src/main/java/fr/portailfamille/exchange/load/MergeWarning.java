package fr.portailfamille.exchange.load;

/** A warning that shows only when all is merged: of a simulation it must outlive what is taken back. */
public record MergeWarning(int line, String column, String code) {}
