package io.stockhub.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stockhub.stock.Components.Recipe;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComponentsTest {
    private static final long MAX = Limits.QUANTITY_MAX;

    private static Recipe bundle(Map<String, Long> parts) {
        return new Recipe(false, parts);
    }

    @Test
    void nestedQuantitiesAreMultipliedAndTheSameSkuOnTwoWaysIsAddedUp() {
        Components components = new Components(Map.of(
                "GIFT",
                bundle(Map.of("SET", 2L, "MUG", 1L, "CARD", 1L)),
                "SET",
                bundle(Map.of("MUG", 3L, "TRAY", 1L))));
        assertThat(components.leaves("GIFT"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("MUG", 7L, "TRAY", 2L, "CARD", 1L));
    }

    @Test
    void aKitIsALeafAndHidesWhatIsInIt() {
        Components components =
                new Components(Map.of("GIFT", bundle(Map.of("KIT", 2L)), "KIT", new Recipe(true, Map.of("MUG", 3L))));
        assertThat(components.leaves("GIFT")).containsExactly(Map.entry("KIT", 2L));
        assertThat(components.leaves("KIT")).isEmpty();
        assertThat(components.leaves("MUG")).isEmpty();
    }

    @Test
    void aCircleIsRefusedWithItsWay() {
        Components components = new Components(Map.of("A", bundle(Map.of("B", 1L)), "B", bundle(Map.of("A", 1L))));
        assertThatThrownBy(() -> components.check("A"))
                .isInstanceOf(InvalidCommandException.class)
                .hasMessageStartingWith("components: A > B > A is a circle");
        assertThatThrownBy(() -> new Components(Map.of("A", bundle(Map.of("A", 1L)))).check("A"))
                .hasMessageStartingWith("components: A > A is a circle");
        Components throughAKit =
                new Components(Map.of("A", bundle(Map.of("B", 1L)), "B", new Recipe(true, Map.of("A", 1L))));
        assertThatThrownBy(() -> throughAKit.check("A")).hasMessageStartingWith("components: A > B > A is a circle");
    }

    @Test
    void theSamePartOnTwoWaysIsNoCircle() {
        Components components = new Components(Map.of(
                "A", bundle(Map.of("B", 1L, "C", 1L)), "B", bundle(Map.of("D", 1L)), "C", bundle(Map.of("D", 1L))));
        assertThatCode(() -> components.check("A")).doesNotThrowAnyException();
    }

    @Test
    void nestingIsBounded() {
        Map<String, Recipe> chain = new HashMap<>();
        for (int i = 0; i < Limits.NESTING_MAX + 1; i++) {
            chain.put("B" + i, bundle(Map.of("B" + (i + 1), 1L)));
        }
        Components components = new Components(chain);
        assertThatCode(() -> components.check("B1")).doesNotThrowAnyException();
        assertThatThrownBy(() -> components.check("B0"))
                .hasMessage(
                        "components: nested 9 deep: B0 > B1 > B2 > B3 > B4 > B5 > B6 > B7 > B8 > B9 (expected: at most 8)");
    }

    @Test
    void whatOneBundleHoldsIsBounded() {
        Components large = new Components(Map.of("A", bundle(Map.of("B", MAX)), "B", bundle(Map.of("C", MAX))));
        assertThatThrownBy(() -> large.check("A")).hasMessageContaining("one A holds 1000000000000000000 of C");
        Map<String, Long> many = new LinkedHashMap<>();
        for (int i = 0; i < Limits.LINES_MAX; i++) {
            many.put("P" + i, 1L);
        }
        Components wide = new Components(Map.of("A", bundle(Map.of("B", 1L, "X", 1L)), "B", bundle(many)));
        assertThatCode(() -> wide.check("B")).doesNotThrowAnyException();
        assertThatThrownBy(() -> wide.check("A")).hasMessageContaining("is made of 1001 SKUs (expected: at most 1000)");
    }
}
