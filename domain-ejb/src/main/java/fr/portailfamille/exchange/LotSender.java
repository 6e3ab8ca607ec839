package fr.portailfamille.exchange;

/** How a lot came. */
public enum LotSender {
    /** Over HTTP, with an exchange key. */
    KEY,
    /** By hand, from « État des traitements ». */
    AGENT,
    /** Through the drop folder. */
    FOLDER
}
