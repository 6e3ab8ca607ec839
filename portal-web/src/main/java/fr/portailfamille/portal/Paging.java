package fr.portailfamille.portal;

/** Where in a list a page stands: « 1 sur 14 ». Pages are counted from 1. */
public record Paging(int number, long total, int size) {

    /** A page that is asked for beyond the end is the last. */
    static int number(String sent, long total, int size) {
        int wanted;
        try {
            wanted = sent == null ? 1 : Integer.parseInt(sent);
        } catch (NumberFormatException e) {
            wanted = 1;
        }
        return (int) Math.max(1, Math.min(wanted, pages(total, size)));
    }

    private static long pages(long total, int size) {
        return Math.max(1, (total + size - 1) / size);
    }

    public long pages() {
        return pages(total, size);
    }

    public boolean hasPrevious() {
        return number > 1;
    }

    public boolean hasNext() {
        return number < pages();
    }

    public String text() {
        return PlanningWording.say("requests.page", number, pages());
    }

    public String results() {
        return PlanningWording.say("requests.results", total);
    }
}
