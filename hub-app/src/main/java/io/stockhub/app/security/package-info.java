/**
 * Who may do what: API keys with roles, the sign-in of browsers, and the rules for every path.
 *
 * <p>Denies what no rule names; nothing else in the program may grant access.
 */
@NullMarked
package io.stockhub.app.security;

import org.jspecify.annotations.NullMarked;
