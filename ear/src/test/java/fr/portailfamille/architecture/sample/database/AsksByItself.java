package fr.portailfamille.architecture.sample.database;

import javax.sql.DataSource;

class AsksByItself {
    DataSource source;
}
