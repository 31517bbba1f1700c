package dev.onward.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** All figures of a run: as a table for people, in Markdown, and as JSON. */
final class Report {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<Figure> figures = new ArrayList<>();

  /** Adds a figure and says it at once, for a run takes minutes. */
  void add(Figure figure) {
    figures.add(figure);
    System.err.println(row(figure));
  }

  String table() {
    var table = new StringBuilder();
    table.append("| | figure | median | spread | rounds | target | |\n");
    table.append("|---|---|---:|---:|---:|---:|---|\n");
    figures.forEach(figure -> table.append(row(figure)).append('\n'));
    return table.toString();
  }

  private static String row(Figure figure) {
    return "| %s | %s | %s | %s | %d | %s | %s |"
        .formatted(
            figure.measurement(),
            figure.what(),
            withUnit(figure.median(), figure),
            figure.rounds().size() == 1
                ? ""
                : number(figure.least()) + " – " + number(figure.most()),
            figure.rounds().size(),
            figure.target().map(target -> target(target, figure)).orElse(""),
            figure.met().map(met -> met ? "met" : "**missed**").orElse(""));
  }

  private static String target(Figure.Target target, Figure figure) {
    String sign =
        switch (target.relation()) {
          case AT_MOST -> "≤ ";
          case AT_LEAST -> "≥ ";
        };
    return sign + withUnit(target.bound(), figure);
  }

  private static String withUnit(double value, Figure figure) {
    return figure.unit().isEmpty() ? number(value) : number(value) + " " + figure.unit();
  }

  /** Three digits that say something, or all before the point. */
  private static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 || value == 0 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, size > 0 && size < 0.1 ? "%.3f" : format, value);
  }

  /**
   * @param about when, where and how this was measured
   */
  String json(Map<String, Object> about) {
    var all = new LinkedHashMap<>(about);
    all.put("figures", figures.stream().map(Report::json).toList());
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> json(Figure figure) {
    var json = new LinkedHashMap<String, Object>();
    json.put("measurement", figure.measurement());
    json.put("figure", figure.what());
    json.put("unit", figure.unit());
    json.put("median", figure.median());
    json.put("least", figure.least());
    json.put("most", figure.most());
    json.put("rounds", figure.rounds());
    figure
        .target()
        .ifPresent(
            target -> {
              json.put(target.relation().name().toLowerCase(Locale.ROOT), target.bound());
              json.put("met", target.isMetBy(figure.median()));
            });
    return json;
  }
}
