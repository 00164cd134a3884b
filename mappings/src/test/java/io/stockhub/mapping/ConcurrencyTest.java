package io.stockhub.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrencyTest {

    private static final int THREADS = 16;
    private static final int ROUNDS = 60;

    /** Each thread has its own input and must see its own values only. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneMappingOnManyThreadsMixesNothingUp(boolean virtual) throws Exception {
        Mappings mappings = Mappings.load(List.of("classpath:mappings"));
        String walmart = fixture("walmart/order/open-with-cancelled-units");
        String receipt = fixture("x12/receipt-944/three-lines");
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try (ExecutorService pool =
                virtual ? Executors.newVirtualThreadPerTaskExecutor() : Executors.newFixedThreadPool(THREADS)) {
            List<Future<Void>> futures = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                String mine = "OWN-" + thread;
                futures.add(pool.submit((Callable<Void>) () -> {
                    start.await();
                    for (int round = 0; round < ROUNDS; round++) {
                        String sku = mine + "-" + round;
                        String order = mappings.apply("walmart/order", walmart.replace("TEE-M", sku));
                        assertThat(order).isEqualTo(expected(order, sku, "\"quantity\":3"));
                        String goods = mappings.apply("x12/receipt-944", receipt.replace("TEE-M", sku));
                        assertThat(goods).isEqualTo(expected(goods, sku, "\"lot\":\"LOT3A\""));
                    }
                    return null;
                }));
            }
            for (Future<Void> future : futures) {
                future.get();
            }
        }
    }

    private static String expected(String json, String sku, String also) {
        assertThat(json).contains("\"sku\":\"" + sku + "\"").contains(also);
        assertThat(json.split("OWN-", -1)).hasSize(2);
        return json;
    }

    private static String fixture(String path) throws IOException {
        return Files.readString(Path.of("src/test/resources/fixtures", path, "in.json"));
    }
}
