package io.stockhub.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;

/** The screen of a small phone, on which nothing may have to be scrolled sideways. */
public final class Phone {
    private static final int WIDTH = 360;
    private static final int HEIGHT = 740;

    /** Empty when all fits; else what sticks out, and what the page was like when it did. */
    private static final String WHAT_STICKS_OUT =
            """
            () => {
              const root = document.documentElement;
              if (root.scrollWidth <= root.clientWidth) {
                return '';
              }
              const name = (element) => element.localName + (element.id ? '#' + element.id : '')
                + Array.from(element.classList, (one) => '.' + one).join('');
              const out = Array.from(document.querySelectorAll('body, body *'))
                .map((element) => ({ element, right: element.getBoundingClientRect().right }))
                .filter(({ right }) => right > root.clientWidth)
                .map(({ element, right }) => `  ${name(element)} up to ${Math.round(right)}`
                  + ` (display: ${getComputedStyle(element).display}) "${element.textContent.trim().slice(0, 40)}"`);
              return `${location.pathname}${location.search} is ${root.scrollWidth} wide on a screen of ${root.clientWidth}`
                + ` (${document.readyState}, ${document.styleSheets.length} stylesheets); it has\\n`
                + out.slice(0, 20).join('\\n') + (out.length > 20 ? `\\n  and ${out.length - 20} more` : '');
            }""";

    private Phone() {}

    /**
     * Judges the page when it is all there. Its text is in the document, and can be found, before its stylesheet has
     * come; the browser shows nobody that, but would lay it out for who measures.
     */
    public static void assertFits(Page page) {
        page.setViewportSize(WIDTH, HEIGHT);
        page.waitForLoadState(LoadState.LOAD);
        page.waitForFunction("width => document.documentElement.clientWidth === width", WIDTH);
        assertThat((String) page.evaluate(WHAT_STICKS_OUT))
                .as("what sticks out to the right")
                .isEmpty();
    }
}
