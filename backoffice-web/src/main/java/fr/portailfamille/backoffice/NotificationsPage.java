package fr.portailfamille.backoffice;

import fr.portailfamille.common.Email;
import fr.portailfamille.notice.LegalMentions;
import fr.portailfamille.notice.NotificationDesk;
import fr.portailfamille.notice.NotificationSettings;
import fr.portailfamille.notice.UndeliveredRow;
import fr.portailfamille.notice.letter.MailTemplate;
import fr.portailfamille.web.Acts;
import fr.portailfamille.web.Notices;
import fr.portailfamille.web.RequestKey;
import fr.portailfamille.web.TownContext;
import jakarta.annotation.PostConstruct;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.Serializable;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** « Notifications » (« Accusé de réception »): the town's part of the e-mails, their hours, and addresses that fail. */
@Named
@ViewScoped
public class NotificationsPage implements Serializable {

    private static final long serialVersionUID = 1L;

    static final String PATH = "notifications";

    private static final List<MailTemplate> TEMPLATES =
            List.of(MailTemplate.ACKNOWLEDGEMENT, MailTemplate.RECEIPT, MailTemplate.DIGEST, MailTemplate.OUTCOME);

    @Inject
    private NotificationDesk desk;

    @Inject
    private Notices notices;

    @Inject
    private RequestKey key;

    @Inject
    private Acts acts;

    @Inject
    private TownContext town;

    private String receiptText;
    private String outcomeText;
    private String hours;
    private String service;
    private String serviceEmail;
    private Integer replyMonths;
    private LegalMentions.Silence silence;
    private String recourse;
    private int version;
    private MailTemplate template = MailTemplate.ACKNOWLEDGEMENT;
    private MailPreview preview;
    private List<UndeliveredRow> undelivered;
    private final Set<String> cleared = new HashSet<>();

    @PostConstruct
    void open() {
        NotificationSettings set = desk.settings();
        receiptText = set.receiptText();
        outcomeText = set.outcomeText();
        hours = DigestHours.write(set.digestHours());
        service = set.legal().service();
        serviceEmail = set.legal().serviceEmail();
        replyMonths = set.legal().replyMonths();
        silence = set.legal().silence();
        recourse = set.legal().recourse();
        version = set.version();
        undelivered = desk.undelivered();
        show();
    }

    public void save() throws IOException {
        Optional<List<LocalTime>> digestHours = DigestHours.read(hours);
        if (digestHours.isEmpty()) {
            notices.refuse("hours", Words.of("notifications.hours.bad", NotificationSettings.MOST_HOURS));
        }
        if (!areGoodWords() || digestHours.isEmpty()) {
            return;
        }
        if (!desk.save(
                new NotificationSettings(text(receiptText), text(outcomeText), digestHours.get(), legal(), version))) {
            // Whoever reads this may save all the same: it is then done knowingly.
            version = desk.settings().version();
            notices.refuse(Words.of("notifications.changed"));
            return;
        }
        notices.tell(Words.of("notifications.saved"));
        FacesContext.getCurrentInstance().getExternalContext().redirect(town.url(PATH));
    }

    /** Whether the fields that e-mails show can be taken; those that cannot are marked. */
    private boolean areGoodWords() {
        boolean good = isOfGoodLength("receiptText", receiptText, NotificationSettings.LONGEST_TEXT)
                & isOfGoodLength("outcomeText", outcomeText, NotificationSettings.LONGEST_TEXT)
                & isOfGoodLength("service", service, LegalMentions.LONGEST_SERVICE)
                & isOfGoodLength("recourse", recourse, LegalMentions.LONGEST_RECOURSE);
        if (isFilled(serviceEmail) && Email.of(serviceEmail).isEmpty()) {
            notices.refuse("serviceEmail", Words.of("notifications.email.bad"));
            return false;
        }
        return good;
    }

    private boolean isOfGoodLength(String field, String text, int longest) {
        boolean good = text(text).length() <= longest;
        if (!good) {
            notices.refuse(field, Words.of("notifications.text.long", longest));
        }
        return good;
    }

    /** Shows the chosen e-mail as it would be with what stands in the fields. */
    public void show() {
        preview = MailPreview.of(desk.preview(template, draft(), legal()), draft());
    }

    public void sendTest() {
        if (!areGoodWords()) {
            return;
        }
        String sent = acts.once(Clicked.key(key, template), () -> desk.sendTest(template, draft(), legal()));
        key.next();
        notices.tell(Words.of("notifications.tested", sent));
        show();
    }

    /**
     * The address that the click names, one of those that are listed. It stays listed as cleared, so that what was
     * clicked is seen, and no other address takes its place under the pointer.
     */
    public void works() {
        String address = Clicked.text("adresse");
        if (undelivered.stream().noneMatch(row -> row.address().equals(address))) {
            notices.refuse(Words.of("notifications.undelivered.unknown"));
            return;
        }
        if (cleared.add(address)) {
            desk.works(address);
        }
        notices.tell(Words.of("notifications.undelivered.cleared", address));
    }

    public boolean isCleared(UndeliveredRow row) {
        return cleared.contains(row.address());
    }

    /** How many of those that are listed still fail. */
    public int getFailing() {
        return undelivered.size() - cleared.size();
    }

    private String draft() {
        boolean receipt = template == MailTemplate.ACKNOWLEDGEMENT || template == MailTemplate.RECEIPT;
        return text(receipt ? receiptText : outcomeText);
    }

    private LegalMentions legal() {
        return new LegalMentions(
                orNull(service),
                orNull(serviceEmail),
                replyMonths == null ? LegalMentions.USUAL.replyMonths() : replyMonths,
                silence == null ? LegalMentions.USUAL.silence() : silence,
                orNull(recourse));
    }

    private static boolean isFilled(String text) {
        return text != null && !text.isBlank();
    }

    private static String orNull(String text) {
        return isFilled(text) ? text(text) : null;
    }

    /** A browser counts a line break as one character and sends it as two. */
    private static String text(String text) {
        return text == null ? "" : text.strip().replace("\r\n", "\n");
    }

    public int getLongestService() {
        return LegalMentions.LONGEST_SERVICE;
    }

    public int getLongestRecourse() {
        return LegalMentions.LONGEST_RECOURSE;
    }

    public List<MailTemplate> getTemplates() {
        return TEMPLATES;
    }

    public LegalMentions.Silence[] getSilences() {
        return LegalMentions.Silence.values();
    }

    public MailPreview getPreview() {
        return preview;
    }

    public List<UndeliveredRow> getUndelivered() {
        return undelivered;
    }

    public String getReceiptText() {
        return receiptText;
    }

    public void setReceiptText(String receiptText) {
        this.receiptText = receiptText;
    }

    public String getOutcomeText() {
        return outcomeText;
    }

    public void setOutcomeText(String outcomeText) {
        this.outcomeText = outcomeText;
    }

    public String getHours() {
        return hours;
    }

    public void setHours(String hours) {
        this.hours = hours;
    }

    public String getService() {
        return service;
    }

    public void setService(String service) {
        this.service = service;
    }

    public String getServiceEmail() {
        return serviceEmail;
    }

    public void setServiceEmail(String serviceEmail) {
        this.serviceEmail = serviceEmail;
    }

    public Integer getReplyMonths() {
        return replyMonths;
    }

    public void setReplyMonths(Integer replyMonths) {
        this.replyMonths = replyMonths;
    }

    public LegalMentions.Silence getSilence() {
        return silence;
    }

    public void setSilence(LegalMentions.Silence silence) {
        this.silence = silence;
    }

    public String getRecourse() {
        return recourse;
    }

    public void setRecourse(String recourse) {
        this.recourse = recourse;
    }

    public MailTemplate getTemplate() {
        return template;
    }

    public void setTemplate(MailTemplate template) {
        this.template = template;
    }
}
