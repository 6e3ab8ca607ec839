package fr.portailfamille.notice;

import static org.assertj.core.api.Assertions.assertThat;

import fr.portailfamille.notice.LogoFile.Fault;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("B7")
class LogoFileTest {

    private static byte[] picture(String format, int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"png, image/png", "jpg, image/jpeg"})
    void a_small_picture_is_taken_as_it_is(String format, String type) throws IOException {
        byte[] file = picture(format, 600, 150);
        assertThat(LogoFile.read(file).logo()).hasValueSatisfying(logo -> {
            assertThat(logo.type()).isEqualTo(type);
            assertThat(logo.content()).isEqualTo(file);
            assertThat(logo.width()).isEqualTo(600);
            assertThat(logo.height()).isEqualTo(150);
            assertThat(logo.shownWidth()).isEqualTo(240);
            assertThat(logo.shownHeight()).isEqualTo(60);
        });
    }

    @ParameterizedTest
    @CsvSource({"601, 10", "10, 601", "20000, 20000"})
    void a_large_one_is_refused_before_it_is_unpacked(int width, int height) throws IOException {
        byte[] file = picture("png", 10, 10);
        // The size stands in the header; the rest is not even right any more.
        byte[] size = ByteBuffer.allocate(8).putInt(width).putInt(height).array();
        System.arraycopy(size, 0, file, 16, 8);
        assertThat(LogoFile.read(file).fault()).contains(Fault.TOO_LARGE);
    }

    @Test
    void a_heavy_file_is_refused_whatever_it_is() {
        assertThat(LogoFile.read(new byte[LogoFile.HEAVIEST + 1]).fault()).contains(Fault.TOO_HEAVY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>",
                "<!DOCTYPE html><script>alert(1)</script>",
                "GIF89a\u0001\u0000\u0001\u0000\u0080\u0000\u0000",
                "\u0089PNG\r\n\u001a\n",
                "%PDF-1.7"
            })
    void what_is_no_png_and_no_jpeg_is_refused(String content) {
        assertThat(LogoFile.read(content.getBytes(StandardCharsets.ISO_8859_1)).fault())
                .contains(Fault.NO_PICTURE);
    }

    @Test
    void other_kinds_of_pictures_are_refused() throws IOException {
        assertThat(LogoFile.read(picture("gif", 10, 10)).fault()).contains(Fault.NO_PICTURE);
        assertThat(LogoFile.read(picture("bmp", 10, 10)).fault()).contains(Fault.NO_PICTURE);
    }

    @Test
    void a_picture_that_is_cut_or_spoilt_never_ends_in_an_exception() throws IOException {
        Random random = new Random(42);
        for (String format : new String[] {"png", "jpg"}) {
            byte[] good = picture(format, 60, 40);
            for (int i = 0; i < 300; i++) {
                byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
                LogoFile.Reading reading = LogoFile.read(bad);
                assertThat(reading.logo().isPresent())
                        .isNotEqualTo(reading.fault().isPresent());
            }
        }
    }
}
