package io.stockhub.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CacheFolderTest {
    @Test
    void theRightToPassClosedFoldersIsReadFromTheProcessStatus() {
        assertThat(CacheFolder.mayPassClosedFolders("Name:\tjava\nCapEff:\t000001ffffffffff\n"))
                .isTrue();
        assertThat(CacheFolder.mayPassClosedFolders("CapEff:\t00000000a80425fb\n"))
                .as("root in a container")
                .isFalse();
        assertThat(CacheFolder.mayPassClosedFolders(null)).isFalse();
    }
}
