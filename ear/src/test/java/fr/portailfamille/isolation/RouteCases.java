package fr.portailfamille.isolation;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What each page reads from its address and its forms that could be another family's: names out of
 * {@link SweptFamily#values()}. A new route brings its line, and a new kind of id or reference its value there; an empty
 * set says that the page asks for nothing that belongs to anybody.
 */
final class RouteCases {

    private static final Set<String> NOTHING = Set.of();

    private RouteCases() {}

    static Map<String, Set<String>> portal() {
        Map<String, Set<String>> cases = new TreeMap<>();
        for (String open : new String[] {
            "accueil",
            "creer-un-compte",
            "creer-un-compte/confirmation",
            "renvoyer-le-lien",
            "mot-de-passe-oublie",
            "mot-de-passe-oublie/confirmation",
            "nous-contacter",
            "plan-du-site",
            "accessibilite",
            "mentions-legales",
            "donnees-personnelles",
            "conditions-d-utilisation"
        }) {
            cases.put(open, NOTHING);
        }
        cases.put("connexion", Set.of("retour"));
        cases.put("activation", Set.of("jeton"));
        cases.put("nouveau-mot-de-passe", Set.of("jeton"));
        cases.put("mon-espace", NOTHING);
        cases.put("mon-espace/mon-compte", NOTHING);
        cases.put("mon-espace/mes-abonnements", NOTHING);
        cases.put("mon-espace/m-abonner", Set.of("code"));
        cases.put("mon-espace/mes-demandes", NOTHING);
        cases.put("mon-espace/mes-demandes/demande", Set.of("ref"));
        cases.put("espace-famille", NOTHING);
        cases.put("espace-famille/activites", Set.of("jour", "cells"));
        cases.put("espace-famille/activites/liste", Set.of("enfant"));
        cases.put("espace-facturation", NOTHING);
        return cases;
    }

    static Map<String, Set<String>> backoffice() {
        Map<String, Set<String>> cases = new TreeMap<>();
        cases.put("accueil", NOTHING);
        cases.put("connexion", Set.of("retour"));
        cases.put("mot-de-passe-oublie", NOTHING);
        cases.put("activation", Set.of("jeton"));
        cases.put("nouveau-mot-de-passe", Set.of("jeton"));
        cases.put("comptes-citoyens", Set.of("metier", "famille"));
        cases.put("nouveau-compte-citoyen", NOTHING);
        cases.put("comptes-metiers", Set.of("citoyen", "famille"));
        cases.put("individus", Set.of("famille"));
        cases.put("journees-au-dela-des-places", NOTHING);
        cases.put("demandes", Set.of("ref"));
        cases.put("traitements", Set.of("traitement"));
        cases.put("importer-un-lot", Set.of("traitement"));
        cases.put("cles-d-echange", NOTHING);
        cases.put("notifications", NOTHING);
        cases.put("messages-non-remis", NOTHING);
        cases.put("logo-des-courriels", NOTHING);
        return cases;
    }

    /** Of an exchange or operator resource: how its path is filled in so that it asks for what is another town's. */
    static Map<String, Set<String>> resources() {
        Map<String, Set<String>> cases = new TreeMap<>();
        cases.put("POST v1/{town}/lots", Set.of("town"));
        cases.put("GET v1/{town}/lots/{lot}", Set.of("town", "lot"));
        cases.put("GET v1/{town}/lots/{lot}/dry-run", Set.of("town", "lot"));
        cases.put("GET v1/{town}/lots/{lot}/rejects.csv", Set.of("town", "lot"));
        cases.put("GET v1/{town}/lots/{lot}/dry-run/rejects.csv", Set.of("town", "lot"));
        cases.put("GET v1/{town}/requests", Set.of("town"));
        cases.put("POST v1/{town}/requests/ack", Set.of("town"));
        cases.put("POST operator/towns", NOTHING);
        cases.put("POST operator/towns/{code}/keys", Set.of("code"));
        cases.put("POST operator/towns/{code}/partition", Set.of("code"));
        cases.put("POST operator/towns/{code}/digest", Set.of("code"));
        return cases;
    }
}
