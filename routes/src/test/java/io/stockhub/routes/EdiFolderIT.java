package io.stockhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.routes.interchange.EdiFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are taken whole, and acknowledgements are seen only when they are whole. */
class EdiFolderIT {
    @TempDir
    private Path folder;

    private RoutesFixture hub;
    private EdiFolder files;

    @BeforeEach
    void startHub() {
        hub = new RoutesFixture();
        hub.sku("MUG");
        files = new EdiFolder(Depot.intake(hub), hub.deadLetters, folder.resolve("out"), 2_000, hub.watermarks::now);
    }

    @AfterEach
    void stopHub() {
        hub.close();
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    private List<Path> answers() throws IOException {
        if (!Files.exists(folder.resolve("out"))) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder.resolve("out"))) {
            return all.toList();
        }
    }

    private static byte[] receipt() {
        return Depot.interchange("000000451", "P", Depot.receipt("0001", "GRN-1", "MUG", "12"));
    }

    @Test
    void theAcknowledgementIsWholeAndNamedAfterItsFile() throws IOException {
        files.take(file("goods in.x12", receipt()));
        assertThat(answers()).hasSize(1);
        assertThat(answers().getFirst().getFileName().toString())
                .startsWith("goods_in-")
                .endsWith(".997.edi");
        assertThat(answers().getFirst())
                .content()
                .startsWith("ISA")
                .contains("AK9*A")
                .contains("IEA");
        assertThat(hub.states()).containsExactly("received");
    }

    @Test
    void aFileThatIsReadAgainAfterACrashGetsTheSameAnswerAndPostsNothing() throws IOException {
        Path file = file("goods.edi", receipt());
        files.take(file);
        byte[] answer = Files.readAllBytes(answers().getFirst());
        Files.delete(answers().getFirst());
        files.take(file);
        assertThat(answers().getFirst()).hasBinaryContent(answer);
        assertThat(hub.states()).hasSize(1);
    }

    @Test
    void aFileThatHoldsNothingToAnswerIsInTheDeadLetters() throws IOException {
        files.take(file("notes.txt", "hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        assertThat(answers()).isEmpty();
        assertThat(hub.onlyLetter().channel()).isEqualTo("file:notes.txt");
    }

    @Test
    void aFileThatIsTooLargeIsNotReadButItsBeginningIsKept() throws IOException {
        files.take(file("huge.edi", new byte[2_001]));
        assertThat(hub.onlyLetter().code()).isEqualTo("edi.too_large");
        assertThat(hub.onlyLetter().message()).contains("2001").contains("2000");
        assertThat(answers()).isEmpty();
    }

    @Test
    void aFileThatMeetsAFaultOfOursIsInTheDeadLettersAndNotReadForEver() throws IOException {
        EdiFolder broken = new EdiFolder(
                (raw, source) -> {
                    throw new IllegalStateException("a fault");
                },
                hub.deadLetters,
                folder.resolve("out"),
                2_000,
                hub.watermarks::now);
        broken.take(file("goods.edi", receipt()));
        assertThat(hub.onlyLetter().code()).isEqualTo("hub.bug");
        assertThat(hub.deadLetters.get(hub.onlyLetter().id()).orElseThrow().payload())
                .isEqualTo(receipt());
    }

    @Test
    void aFileThatCannotBeStoredIsNotAnswered() throws IOException {
        Path file = file("goods.edi", receipt());
        hub.dataSource.breakOnce("insert into edi_interchange");
        assertThatThrownBy(() -> files.take(file)).isInstanceOf(IOException.class);
        assertThat(answers()).isEmpty();
        files.take(file);
        assertThat(answers()).hasSize(1);
    }
}
