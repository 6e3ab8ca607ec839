package fr.portailfamille.web;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIComponent;
import jakarta.faces.context.FacesContext;
import jakarta.faces.convert.Converter;
import jakarta.faces.convert.ConverterException;
import jakarta.faces.convert.FacesConverter;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Optional;

/** A date as people write it: 21/09/2017, 21-9-2017 or 21.09.2017. A day that does not exist is refused. */
@FacesConverter("pf.date")
public class FrenchDate implements Converter<LocalDate> {

    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("dd/MM/uuuu");
    private static final List<DateTimeFormatter> READ = List.of(
            DateTimeFormatter.ofPattern("d/M/uuuu").withResolverStyle(ResolverStyle.STRICT),
            DateTimeFormatter.ofPattern("ddMMuuuu").withResolverStyle(ResolverStyle.STRICT));

    @Override
    public LocalDate getAsObject(FacesContext context, UIComponent component, String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        Optional<LocalDate> date = read(text);
        if (date.isPresent()) {
            return date.get();
        }
        String sentence =
                Texts.of("date.form", String.valueOf(component.getAttributes().get("label")));
        throw new ConverterException(new FacesMessage(FacesMessage.SEVERITY_ERROR, sentence, sentence));
    }

    @Override
    public String getAsString(FacesContext context, UIComponent component, LocalDate date) {
        return date == null ? "" : SHOWN.format(date);
    }

    /** Empty for anything else than one day of these times. */
    static Optional<LocalDate> read(String text) {
        String plain = text.strip().replaceAll("[ .-]+", "/");
        return READ.stream()
                .flatMap(form -> parse(form, plain).stream())
                .filter(date -> date.getYear() >= 1900 && date.getYear() < 2200)
                .findFirst();
    }

    private static Optional<LocalDate> parse(DateTimeFormatter form, String text) {
        try {
            return Optional.of(LocalDate.parse(text, form));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
