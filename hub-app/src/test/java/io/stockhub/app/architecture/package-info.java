/** The design's rules that a machine can check. */
@NullMarked
package io.stockhub.app.architecture;

import org.jspecify.annotations.NullMarked;
