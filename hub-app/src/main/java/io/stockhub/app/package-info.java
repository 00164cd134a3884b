/**
 * The program: starts the hub, serves people, scripts and channels on one port, and is its own command line.
 *
 * <p>Everything about stock is decided below, behind the front doors; nothing here may decide about it.
 */
@NullMarked
package io.stockhub.app;

import org.jspecify.annotations.NullMarked;
