package io.stockhub.bench;

import java.util.List;
import java.util.Locale;

/**
 * Throughput against callers as SVG, one panel a load, both axes in powers. Readable on light and dark pages.
 *
 * @param panels loads as the cells name them, each with its title
 */
public record Chart(List<Panel> panels, List<Line> lines) {
    private static final int WIDTH = 440;
    private static final int HEIGHT = 300;
    private static final int LEFT = 64;
    private static final int TOP = 56;
    private static final int PANEL = WIDTH + LEFT + 36;

    /** @param load as the cells name it */
    public record Panel(String load, String title) {}

    /** @param contender as the cells name it */
    public record Line(String contender, String title, String colour) {}

    /** The document. */
    public String svg(List<Cell> cells) {
        List<Cell> shown = cells.stream().filter(this::isShown).toList();
        Axis x = Axis.over(shown.stream().mapToDouble(Cell::callers).toArray(), 1);
        Axis y = Axis.over(shown.stream().mapToDouble(Cell::perSecond).toArray(), 0);
        StringBuilder svg = new StringBuilder();
        int width = PANEL * panels.size();
        int height = TOP + HEIGHT + 56;
        svg.append(format(
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img"
                  aria-label="Orders a second against callers" font-family="system-ui, sans-serif" font-size="12">
                <style>
                  text { fill: #444 } .grid { stroke: #8884; stroke-width: 1 } .line { fill: none; stroke-width: 2.5 }
                  @media (prefers-color-scheme: dark) { text { fill: #ccc } }
                </style>
                """,
                width,
                height));
        for (int i = 0; i < panels.size(); i++) {
            svg.append(format("<g transform=\"translate(%d %d)\">%n", i * PANEL + LEFT, TOP));
            panel(svg, panels.get(i), shown, x, y);
            svg.append("</g>\n");
        }
        for (int i = 0; i < lines.size(); i++) {
            int at = LEFT + i * 230;
            svg.append(format(
                    "<path d=\"M%d 14h22\" class=\"line\" stroke=\"%s\"/><text x=\"%d\" y=\"18\">%s</text>%n",
                    at, lines.get(i).colour(), at + 28, lines.get(i).title()));
        }
        return svg.append("</svg>\n").toString();
    }

    private boolean isShown(Cell cell) {
        return cell.callers() > 0
                && cell.perSecond() > 0
                && panels.stream().anyMatch(panel -> panel.load().equals(cell.load()))
                && lines.stream().anyMatch(line -> line.contender().equals(cell.contender()));
    }

    private void panel(StringBuilder svg, Panel panel, List<Cell> cells, Axis x, Axis y) {
        svg.append(format("<text x=\"0\" y=\"-14\" font-weight=\"600\">%s</text>%n", panel.title()));
        for (double value : y.marks()) {
            double at = HEIGHT - y.share(value) * HEIGHT;
            svg.append(format(
                    "<path d=\"M0 %.1fh%d\" class=\"grid\"/><text x=\"-8\" y=\"%.1f\" text-anchor=\"end\">%,.0f</text>%n",
                    at, WIDTH, at + 4, value));
        }
        List<Cell> mine = cells.stream().filter(cell -> cell.load().equals(panel.load())).toList();
        mine.stream().mapToInt(Cell::callers).distinct().sorted().forEach(callers -> svg.append(format(
                "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,d</text>%n",
                x.share(callers) * WIDTH, HEIGHT + 20, callers)));
        svg.append(format(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">callers at once</text>%n", WIDTH / 2, HEIGHT + 42));
        for (Line line : lines) {
            StringBuilder path = new StringBuilder();
            StringBuilder dots = new StringBuilder();
            mine.stream()
                    .filter(cell -> cell.contender().equals(line.contender()))
                    .sorted(java.util.Comparator.comparingInt(Cell::callers))
                    .forEach(cell -> {
                        double cx = x.share(cell.callers()) * WIDTH;
                        double cy = HEIGHT - y.share(cell.perSecond()) * HEIGHT;
                        path.append(format("%s%.1f %.1f", path.isEmpty() ? "M" : "L", cx, cy));
                        dots.append(format(
                                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"><title>%s, %,d callers: %,.0f/s</title></circle>%n",
                                cx, cy, line.colour(), line.title(), cell.callers(), cell.perSecond()));
                    });
            if (!path.isEmpty()) {
                svg.append(format("<path d=\"%s\" class=\"line\" stroke=\"%s\"/>%n%s", path, line.colour(), dots));
            }
        }
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }

    /** A logarithmic axis; {@code low} and {@code high} are powers of ten when it has marks. */
    private record Axis(double low, double high) {
        /** @param exact 1 keeps the ends as they are, else they grow to powers of ten */
        static Axis over(double[] values, int exact) {
            double low = java.util.Arrays.stream(values).min().orElse(1);
            double high = java.util.Arrays.stream(values).max().orElse(10);
            if (exact == 1) {
                return new Axis(low, Math.max(high, low * 10));
            }
            double from = Math.floor(Math.log10(low));
            double to = Math.max(from + 1, Math.ceil(Math.log10(high)));
            return new Axis(Math.pow(10, from), Math.pow(10, to));
        }

        double share(double value) {
            return Math.log(value / low) / Math.log(high / low);
        }

        List<Double> marks() {
            return java.util.stream.DoubleStream.iterate(low, value -> value <= high * 1.001, value -> value * 10)
                    .boxed()
                    .toList();
        }
    }
}
