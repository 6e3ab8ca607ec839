package fr.portailfamille.architecture.sample.entity;

import jakarta.persistence.Entity;

/** Known to everybody, and anybody may change it. */
@Entity
public class LoosePerson {
    private String name;

    public void setName(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }
}
