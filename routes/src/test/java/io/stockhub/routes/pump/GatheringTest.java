package io.stockhub.routes.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GatheringTest {
    private final List<List<Integer>> writes = new CopyOnWriteArrayList<>();

    @Test
    void aloneACallerWritesAtOnce() {
        Gathering<Integer> gathering = new Gathering<>(writes::add);
        gathering.add(List.of(1, 2));
        gathering.add(List.of(3));
        assertThat(writes).containsExactly(List.of(1, 2), List.of(3));
    }

    @Test
    void whoComesWhileOneWritesGoesWithTheNextAndReturnsWhenItIsWritten() throws Exception {
        CountDownLatch firstWrites = new CountDownLatch(1);
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        Gathering<Integer> gathering = new Gathering<>(items -> {
            firstWrites.countDown();
            goOn.join();
            writes.add(items);
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = callers.submit(() -> gathering.add(List.of(0)));
            firstWrites.await();
            List<Future<Boolean>> others = IntStream.rangeClosed(1, 50)
                    .<Future<Boolean>>mapToObj(i -> callers.submit(() -> {
                        gathering.add(List.of(i));
                        return writes.stream().anyMatch(written -> written.contains(i));
                    }))
                    .toList();
            assertThat(writes).isEmpty();
            goOn.complete(null);
            first.get();
            for (Future<Boolean> other : others) {
                assertThat(other.get()).as("written when it returns").isTrue();
            }
        }
        assertThat(writes.stream().flatMap(List::stream).toList())
                .doesNotHaveDuplicates()
                .hasSize(51);
    }

    @Test
    void whatCouldNotBeWrittenIsSaidToEverybodyWhoseItWasAndToNobodyAfter() throws Exception {
        CountDownLatch firstWrites = new CountDownLatch(1);
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        Gathering<Integer> gathering = new Gathering<>(items -> {
            firstWrites.countDown();
            goOn.join();
            if (items.contains(1)) {
                throw new IllegalStateException("the disk is full");
            }
            writes.add(items);
        });
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = callers.submit(() -> gathering.add(List.of(1)));
            firstWrites.await();
            Future<?> later = callers.submit(() -> gathering.add(List.of(2)));
            goOn.complete(null);
            assertThatThrownBy(first::get).hasRootCauseMessage("the disk is full");
            later.get();
        }
        assertThatThrownBy(() -> gathering.add(List.of(3, 1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the disk is full");
        assertThat(writes).containsExactly(List.of(2));
    }
}
