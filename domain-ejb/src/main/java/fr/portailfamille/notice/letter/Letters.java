package fr.portailfamille.notice.letter;

import fr.portailfamille.town.TownProfile;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapperBuilder;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.Version;
import freemarker.template.utility.DeepUnwrap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns a notice into an e-mail of its town: the templates give the frame, {@link LetterContents} the sentences. HTML is
 * escaped by the engine; what agents and families typed is data to both, never template.
 */
public final class Letters {

    private static final Version SEMANTICS = Configuration.VERSION_2_3_34;

    private final Configuration templates;
    private final LetterContents contents;

    public Letters(PortalAddress portal) {
        contents = new LetterContents(Wording.french(), portal);
        templates = new Configuration(SEMANTICS);
        templates.setClassLoaderForTemplateLoading(Letters.class.getClassLoader(), "fr/portailfamille/notice/letter");
        templates.setDefaultEncoding("UTF-8");
        templates.setLocale(Wording.french().locale());
        templates.setLocalizedLookup(false);
        templates.setObjectWrapper(new DefaultObjectWrapperBuilder(SEMANTICS).build());
        templates.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        templates.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        templates.setLogTemplateExceptions(false);
        templates.setTemplateUpdateDelayMilliseconds(Long.MAX_VALUE);
        templates.setSharedVariable("msg", (TemplateMethodModelEx) this::say);
    }

    public RenderedMail render(TownProfile town, MailTemplate template, Map<String, Object> model) {
        return render(town, template, model, null);
    }

    /** @param logo that goes along with the mail; null for none */
    public RenderedMail render(
            TownProfile town, MailTemplate template, Map<String, Object> model, @Nullable MailLogo logo) {
        Map<String, Object> root = contents.of(town, template, model);
        if (logo != null) {
            root.put(
                    "logo",
                    Map.of("id", MailLogo.CONTENT_ID, "width", logo.shownWidth(), "height", logo.shownHeight()));
        }
        return new RenderedMail(
                String.valueOf(root.get("subject")),
                fill(template.file() + ".ftl", root),
                fill(template.file() + ".ftlh", root));
    }

    private String fill(String file, Map<String, Object> root) {
        Page filled = new Page();
        try {
            templates.getTemplate(file).process(root, filled);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (TemplateException e) {
            throw new IllegalStateException("The template " + file + " could not be filled", e);
        }
        return filled.toString();
    }

    private Object say(List<?> arguments) throws TemplateModelException {
        List<Object> plain = new ArrayList<>();
        for (Object argument : arguments) {
            plain.add(DeepUnwrap.unwrap((TemplateModel) argument));
        }
        return Wording.french()
                .say(
                        String.valueOf(plain.get(0)),
                        plain.subList(1, plain.size()).toArray());
    }
}
