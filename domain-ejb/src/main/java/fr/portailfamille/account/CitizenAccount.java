package fr.portailfamille.account;

import fr.portailfamille.common.Email;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The login of a person on the portal of one town. */
@Entity
@Table(name = "citizen_account")
@IdClass(CitizenAccountId.class)
class CitizenAccount {

    @Id
    @Column(name = "town_id")
    private int townId;

    @Id
    private long id;

    private String email;

    @Column(name = "email_key")
    private String emailKey;

    @Column(name = "password_hash")
    private @Nullable String passwordHash;

    @Enumerated(EnumType.STRING)
    private Civility civility;

    @Column(name = "last_name")
    private String lastName;

    @Column(name = "first_name")
    private String firstName;

    @Enumerated(EnumType.STRING)
    private AccountState state;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "activated_at")
    private @Nullable Instant activatedAt;

    @Column(name = "sign_up_code")
    private @Nullable String signUpCode;

    @Column(name = "sign_up_birth_date")
    private @Nullable LocalDate signUpBirthDate;

    @Version
    private int version;

    protected CitizenAccount() {}

    CitizenAccount(int town, long id, SignUp form, String passwordHash, Instant at) {
        this.townId = town;
        this.id = id;
        this.email = form.email().value();
        this.emailKey = form.email().key();
        this.state = AccountState.PENDING;
        this.createdAt = at;
        fill(form, passwordHash);
    }

    /** Opened by an agent, for who cannot: no password until the holder of the address has chosen one. */
    CitizenAccount(int town, long id, NewCitizenAccount form, Instant at) {
        this.townId = town;
        this.id = id;
        this.email = form.email().value();
        this.emailKey = form.email().key();
        this.state = AccountState.PENDING;
        this.createdAt = at;
        this.civility = form.civility();
        this.lastName = form.lastName();
        this.firstName = form.firstName();
    }

    /**
     * Somebody signs up again with an address that was never confirmed: the last form holds, whoever sent the first.
     *
     * @throws IllegalStateException when the address was confirmed meanwhile
     */
    void signUpAgain(SignUp form, String hash) {
        require(AccountState.PENDING);
        fill(form, hash);
    }

    private void fill(SignUp form, String hash) {
        this.passwordHash = hash;
        this.civility = form.civility();
        this.lastName = form.lastName();
        this.firstName = form.firstName();
        this.signUpCode = form.code().map(SubscriptionCode::value).orElse(null);
        this.signUpBirthDate = form.childBirthDate().orElse(null);
    }

    void activate(Instant at) {
        require(AccountState.PENDING);
        state = AccountState.ACTIVE;
        activatedAt = at;
    }

    /** What was given at sign-up to be subscribed with; asked once. */
    Optional<Claim> takeClaim() {
        Optional<Claim> claim = Optional.ofNullable(signUpCode)
                .map(code -> new Claim(new SubscriptionCode(code), Optional.ofNullable(signUpBirthDate)));
        signUpCode = null;
        signUpBirthDate = null;
        return claim;
    }

    void changePassword(String hash) {
        require(AccountState.ACTIVE);
        passwordHash = hash;
    }

    /** Chosen by a link that only the holder of the address has: an account that waited for its first one works now. */
    void choosePassword(String hash, Instant at) {
        if (state == AccountState.PENDING) {
            activate(at);
        }
        changePassword(hash);
    }

    /** Whether an agent opened it and its holder has not followed the link yet. */
    boolean awaitsFirstPassword() {
        return state == AccountState.PENDING && passwordHash == null;
    }

    void rename(Civility newCivility, String newLastName, String newFirstName) {
        civility = newCivility;
        lastName = newLastName;
        firstName = newFirstName;
    }

    private void require(AccountState needed) {
        if (state != needed) {
            throw new IllegalStateException("Account " + id + " is " + state + ", not " + needed);
        }
    }

    long id() {
        return id;
    }

    Email email() {
        return new Email(email);
    }

    String emailKey() {
        return emailKey;
    }

    @Nullable
    String passwordHash() {
        return passwordHash;
    }

    Civility civility() {
        return civility;
    }

    String lastName() {
        return lastName;
    }

    String firstName() {
        return firstName;
    }

    AccountState state() {
        return state;
    }

    @Nullable
    Instant activatedAt() {
        return activatedAt;
    }

    Instant createdAt() {
        return createdAt;
    }

    int version() {
        return version;
    }
}
