package fr.portailfamille.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TownVaultTest {

    private static final MasterKey MASTER = MasterKey.of(new byte[32]);
    private final TownVault saint = vault("saint-exemple");
    private final TownVault other = vault("autre-ville");

    private static TownVault vault(String town) {
        return TownVault.unwrap(MASTER, town, TownVault.newWrappedKey(MASTER, town));
    }

    @Test
    void opens_what_it_closed() {
        byte[] closed = saint.encrypt("family/iban/F1", "FR7630006000011234567890189");
        assertThat(saint.decrypt("family/iban/F1", closed)).isEqualTo("FR7630006000011234567890189");
        assertThat(new String(closed, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("30006");
    }

    @Test
    void never_writes_the_same_value_twice_alike_but_its_mac_is_equal() {
        assertThat(saint.encrypt("p", "gluten")).isNotEqualTo(saint.encrypt("p", "gluten"));
        assertThat(saint.mac("gluten")).isEqualTo(saint.mac("gluten")).isNotEqualTo(other.mac("gluten"));
    }

    @Test
    void refuses_a_value_moved_to_another_place_or_town() {
        byte[] closed = saint.encrypt("family/iban/F1", "x");
        assertThatThrownBy(() -> saint.decrypt("family/iban/F2", closed)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> other.decrypt("family/iban/F1", closed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refuses_a_value_of_which_one_bit_changed() {
        byte[] closed = saint.encrypt("p", "x");
        closed[closed.length - 1] ^= 1;
        assertThatThrownBy(() -> saint.decrypt("p", closed)).isInstanceOf(IllegalStateException.class);
    }
}
