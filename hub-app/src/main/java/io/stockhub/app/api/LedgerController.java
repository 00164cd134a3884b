package io.stockhub.app.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.stockhub.stock.LedgerCheck;
import io.stockhub.stock.StockQueries;
import io.stockhub.stock.StockQueries.LedgerReport;
import io.stockhub.stock.StockQueries.SealPoint;
import io.stockhub.stock.StockQueries.VerifyMode;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether the books hold. */
@RestController
class LedgerController {
    private final StockQueries stock;

    LedgerController(StockQueries stock) {
        this.stock = stock;
    }

    /** One thing that is wrong; {@code check} is the name of its count. */
    record Finding(String check, String what, String detail) {}

    /** The last seal: position and movement in the chain. */
    record Until(long position, String movementId, String hash, Instant sealedAt) {}

    /**
     * {@code counts} are fields of their own, one a check, zero where nothing was found; {@code passes} when all are.
     */
    record LedgerView(
            String mode,
            long movements,
            long postings,
            long balances,
            @JsonAnyGetter Map<String, Long> counts,
            boolean passes,
            long unsealed,
            @Nullable Until until,
            List<Finding> findings) {}

    @GetMapping("/api/v1/ledger/verify")
    LedgerView verify(HttpServletRequest request) {
        Query query = Query.of(request, Set.of("mode"), Set.of());
        LedgerReport report = stock.verify(mode(query));
        Map<String, Long> counts = new LinkedHashMap<>();
        for (LedgerCheck check : LedgerCheck.values()) {
            counts.put(check.code(), report.count(check));
        }
        return new LedgerView(
                report.mode().name().toLowerCase(Locale.ROOT),
                report.movements(),
                report.postings(),
                report.balances(),
                counts,
                report.passes(),
                report.unsealed(),
                until(report.until()),
                report.findings().stream()
                        .map(finding -> new Finding(finding.check().code(), finding.what(), finding.detail()))
                        .toList());
    }

    private static VerifyMode mode(Query query) {
        String mode = query.text("mode");
        if (mode == null || mode.equals("full")) {
            return VerifyMode.FULL;
        }
        if (mode.equals("incremental")) {
            return VerifyMode.INCREMENTAL;
        }
        throw query.invalid("mode", "\"" + mode + "\" (expected: full or incremental)");
    }

    private static @Nullable Until until(@Nullable SealPoint seal) {
        return seal == null
                ? null
                : new Until(seal.position(), Long.toString(seal.movementId()), seal.hash(), seal.sealedAt());
    }
}
