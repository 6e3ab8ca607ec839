package fr.portailfamille.backoffice;

import fr.portailfamille.notice.LogoDesk;
import fr.portailfamille.notice.letter.MailLogo;
import fr.portailfamille.web.Notices;
import fr.portailfamille.web.TownContext;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Optional;

/** The logo at the head of the town's e-mails: seen, replaced, taken away. */
@Named
@RequestScoped
public class LogoPage {

    static final String PATH = "logo-des-courriels";

    @Inject
    private LogoDesk desk;

    @Inject
    private Notices notices;

    @Inject
    private TownContext town;

    private Part file;
    private MailLogo logo;

    @PostConstruct
    void open() {
        logo = desk.logo().orElse(null);
    }

    public void send() throws IOException {
        if (file == null) {
            notices.refuse("file", Words.of("logo.missing"));
            return;
        }
        byte[] content;
        try (InputStream in = file.getInputStream()) {
            content = in.readNBytes(LogoDesk.HEAVIEST + 1);
        }
        Optional<String> fault = desk.replace(content);
        if (fault.isPresent()) {
            notices.refuse("file", fault.get());
        } else {
            tellAndShow("logo.replaced");
        }
    }

    public void remove() throws IOException {
        desk.remove();
        tellAndShow("logo.removed");
    }

    private void tellAndShow(String sentence) throws IOException {
        notices.tell(Words.of(sentence));
        FacesContext.getCurrentInstance().getExternalContext().redirect(town.url(PATH));
    }

    /** Null where there is none. */
    public MailLogo getLogo() {
        return logo;
    }

    /** The picture itself, as an address that a page can show. */
    public String getPicture() {
        return "data:" + logo.type() + ";base64," + Base64.getEncoder().encodeToString(logo.content());
    }

    public int getHeaviest() {
        return LogoDesk.HEAVIEST;
    }

    public Part getFile() {
        return file;
    }

    public void setFile(Part file) {
        this.file = file;
    }
}
