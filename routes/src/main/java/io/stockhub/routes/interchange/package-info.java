/**
 * EDI files as they come in: stored raw, judged, answered, and their documents put into the inbox in one commit.
 */
@NullMarked
package io.stockhub.routes.interchange;

import org.jspecify.annotations.NullMarked;
