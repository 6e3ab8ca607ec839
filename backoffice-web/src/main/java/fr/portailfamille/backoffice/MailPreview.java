package fr.portailfamille.backoffice;

import fr.portailfamille.notice.letter.RenderedMail;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An e-mail as its reader gets it, part by part, so that the page can tell the town's own words from the fixed ones. */
public record MailPreview(String subject, List<Part> parts) implements Serializable {

    private static final String PARAGRAPHS = "\\R\\s*\\R";

    /**
     * A paragraph.
     *
     * @param own whether the town wrote it
     */
    public record Part(String text, boolean own) implements Serializable {}

    static MailPreview of(RenderedMail mail, String own) {
        Set<String> ownParagraphs = paragraphs(own).stream().collect(Collectors.toSet());
        List<Part> parts = new ArrayList<>();
        for (String paragraph : paragraphs(mail.text())) {
            parts.add(new Part(paragraph, ownParagraphs.contains(paragraph)));
        }
        return new MailPreview(mail.subject(), parts);
    }

    /** Without the blanks at the ends of lines, as letters set them. */
    private static List<String> paragraphs(String text) {
        return Arrays.stream(text.strip().split(PARAGRAPHS))
                .map(paragraph -> paragraph.lines().map(String::strip).collect(Collectors.joining("\n")))
                .filter(paragraph -> !paragraph.isEmpty())
                .toList();
    }
}
