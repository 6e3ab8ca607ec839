package fr.portailfamille.backoffice;

import fr.portailfamille.exchange.format.RefusedException;

/** Why a lot cannot be taken: the same codes as over HTTP, each as a sentence. */
final class Refusals {

    private Refusals() {}

    static String sentence(RefusedException refused) {
        StringBuilder sentence = new StringBuilder(Words.of("refusal." + refused.code()));
        if (refused.file() != null) {
            sentence.append(' ').append(Words.of("refusal.file", refused.file()));
        }
        if (refused.line() != null) {
            sentence.append(' ').append(Words.of("refusal.line", refused.line()));
        }
        if (refused.column() != null) {
            sentence.append(' ').append(Words.of("refusal.column", refused.column()));
        }
        if (refused.detail() != null) {
            sentence.append(" (").append(refused.detail()).append(')');
        }
        return sentence.append(" [").append(refused.code()).append(']').toString();
    }
}
