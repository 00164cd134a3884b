package io.stockhub.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TemporaryIT {
    @Test
    void oneServerServesTheWholeJvmAndOutlivesItsUsers() throws SQLException {
        EmbeddedPostgres first = EmbeddedPostgres.temporary();
        first.close();
        EmbeddedPostgres second = EmbeddedPostgres.temporary();
        assertThat(second).isSameAs(first);
        assertThat(Rows.ask(second, "show fsync")).isEqualTo("on");
        assertThat(Rows.ask(second, "show synchronous_commit")).isEqualTo("on");
        assertThat(second.createDatabase("test")).isNotEqualTo(second.createDatabase("test"));
    }
}
