package fr.portailfamille.notice.post;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("P11")
class AddressFaultTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.1.1 No such mailbox here",
                "550 5.1.10 RESOLVER.ADR.RecipientNotFound",
                "550-5.1.1 The email account that you tried to reach does not exist.",
                "550 5.2.1 mailbox disabled",
                "550 User unknown",
                "551 not local",
                "553 syntax"
            })
    void a_mailbox_that_is_none_is_the_address_s_fault(String reason) {
        assertThat(AddressFault.tells(reason)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "550 5.7.1 relaying denied",
                "554 5.7.1 spam",
                "552 5.3.4 message too big",
                "553 5.1.8 sender address rejected",
                "550 5.1.7 bad sender",
                "530 authentication required",
                "451 4.1.1 later",
                "Read timed out"
            })
    void what_is_wrong_with_sender_content_or_moment_is_not(String reason) {
        assertThat(AddressFault.tells(reason)).isFalse();
    }
}
