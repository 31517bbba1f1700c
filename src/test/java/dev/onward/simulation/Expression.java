package dev.onward.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * DynamoDB's expressions, as far as Onward and the old tool use them. What it does not know it
 * refuses, so that nothing is taken for true that DynamoDB would not.
 */
final class Expression {
  private static final Pattern TOKEN = Pattern.compile("\\s*(<=|[=,+()\\[\\].]|:\\w+|#?\\w+)\\s*");

  private static final Map<String, Condition> CONDITIONS = new ConcurrentHashMap<>();
  private static final Map<String, List<Change>> UPDATES = new ConcurrentHashMap<>();

  private final String text;
  private final List<String> tokens = new ArrayList<>();
  private int at;

  private Expression(String text) {
    this.text = text;
    var matcher = TOKEN.matcher(text);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      tokens.add(matcher.group(1));
      end = matcher.end();
    }
    if (end != text.length()) {
      throw unknown();
    }
  }

  /** An item and what the expression's placeholders stand for. */
  record Scope(
      Map<String, AttributeValue> item,
      Map<String, AttributeValue> values,
      Map<String, String> names) {}

  /** Whether an item is as expected. */
  interface Condition {
    boolean holds(Scope scope);
  }

  private interface Operand {
    Optional<AttributeValue> in(Scope scope);
  }

  /** One attribute set, or removed if there is no value. */
  private record Change(String name, Optional<Operand> value) {}

  static Condition condition(String text) {
    return CONDITIONS.computeIfAbsent(text, it -> new Expression(it).whole());
  }

  /** The item as an update makes it; every value is of the item as it was. */
  static Map<String, AttributeValue> updated(String text, Scope scope) {
    var item = new HashMap<>(scope.item());
    for (Change change : UPDATES.computeIfAbsent(text, it -> new Expression(it).changes())) {
      String name = scope.names().getOrDefault(change.name(), change.name());
      if (change.value().isPresent()) {
        item.put(name, change.value().get().in(scope).orElseThrow());
      } else {
        item.remove(name);
      }
    }
    return item;
  }

  private Condition whole() {
    Condition condition = or();
    if (at < tokens.size()) {
      throw unknown();
    }
    return condition;
  }

  private Condition or() {
    Condition one = and();
    while (isNext("OR")) {
      Condition left = one;
      Condition right = and();
      one = scope -> left.holds(scope) || right.holds(scope);
    }
    return one;
  }

  private Condition and() {
    Condition one = term();
    while (isNext("AND")) {
      Condition left = one;
      Condition right = term();
      one = scope -> left.holds(scope) && right.holds(scope);
    }
    return one;
  }

  private Condition term() {
    if (isNext("(")) {
      Condition inner = or();
      expect(")");
      return inner;
    }
    if (isNext("attribute_exists")) {
      Operand operand = inBrackets();
      return scope -> operand.in(scope).isPresent();
    }
    if (isNext("attribute_not_exists")) {
      Operand operand = inBrackets();
      return scope -> operand.in(scope).isEmpty();
    }
    Operand left = operand();
    String comparator = take();
    Operand right = operand();
    return switch (comparator) {
      case "=" -> scope -> compare(left, right, scope).filter(it -> it == 0).isPresent();
      case "<=" -> scope -> compare(left, right, scope).filter(it -> it <= 0).isPresent();
      default -> throw unknown();
    };
  }

  /** Absent if one of them is not there or they are not of one type. */
  private static Optional<Integer> compare(Operand left, Operand right, Scope scope) {
    Optional<AttributeValue> one = left.in(scope);
    Optional<AttributeValue> other = right.in(scope);
    if (one.isEmpty() || other.isEmpty() || one.get().type() != other.get().type()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (one.get().type()) {
          case N -> Long.compare(Long.parseLong(one.get().n()), Long.parseLong(other.get().n()));
          case S -> one.get().s().compareTo(other.get().s());
          default -> one.get().equals(other.get()) ? 0 : -1;
        });
  }

  private List<Change> changes() {
    var changes = new ArrayList<Change>();
    while (at < tokens.size()) {
      boolean setting = isNext("SET");
      if (!setting) {
        expect("REMOVE");
      }
      do {
        String name = take();
        if (setting) {
          expect("=");
          changes.add(new Change(name, Optional.of(sum())));
        } else {
          changes.add(new Change(name, Optional.empty()));
        }
      } while (isNext(","));
    }
    return changes;
  }

  private Operand sum() {
    Operand one = operand();
    if (!isNext("+")) {
      return one;
    }
    Operand other = operand();
    return scope ->
        Optional.of(AttributeValue.fromN(Long.toString(number(one, scope) + number(other, scope))));
  }

  private static long number(Operand operand, Scope scope) {
    return Long.parseLong(operand.in(scope).orElseThrow().n());
  }

  private Operand operand() {
    if (isNext("size")) {
      Operand of = inBrackets();
      return scope -> of.in(scope).map(Expression::size).map(AttributeValue::fromN);
    }
    if (isNext("list_append")) {
      expect("(");
      Operand one = operand();
      expect(",");
      Operand other = operand();
      expect(")");
      return scope -> Optional.of(joined(one.in(scope), other.in(scope)));
    }
    if (isNext("if_not_exists")) {
      expect("(");
      Operand one = operand();
      expect(",");
      Operand other = operand();
      expect(")");
      return scope -> one.in(scope).or(() -> other.in(scope));
    }
    String token = take();
    return token.startsWith(":")
        ? scope -> Optional.ofNullable(scope.values().get(token))
        : path(token);
  }

  private Operand path(String name) {
    Operand path =
        scope -> Optional.ofNullable(scope.item().get(scope.names().getOrDefault(name, name)));
    while (true) {
      Operand outer = path;
      if (isNext("[")) {
        int index = Integer.parseInt(take());
        expect("]");
        path =
            scope ->
                outer
                    .in(scope)
                    .filter(value -> value.hasL() && value.l().size() > index)
                    .map(value -> value.l().get(index));
      } else if (isNext(".")) {
        String inner = take();
        path = scope -> outer.in(scope).map(AttributeValue::m).map(map -> map.get(inner));
      } else {
        return path;
      }
    }
  }

  private static String size(AttributeValue value) {
    int size =
        switch (value.type()) {
          case L -> value.l().size();
          case M -> value.m().size();
          case S -> value.s().length();
          default -> -1;
        };
    return Integer.toString(size);
  }

  private static AttributeValue joined(
      Optional<AttributeValue> one, Optional<AttributeValue> other) {
    var all = new ArrayList<>(one.orElseThrow().l());
    all.addAll(other.orElseThrow().l());
    return AttributeValue.fromL(all);
  }

  private Operand inBrackets() {
    expect("(");
    Operand operand = operand();
    expect(")");
    return operand;
  }

  private boolean isNext(String token) {
    boolean next = at < tokens.size() && tokens.get(at).equals(token);
    if (next) {
      at++;
    }
    return next;
  }

  private void expect(String token) {
    if (!isNext(token)) {
      throw unknown();
    }
  }

  private String take() {
    if (at >= tokens.size()) {
      throw unknown();
    }
    return tokens.get(at++);
  }

  private IllegalArgumentException unknown() {
    return new IllegalArgumentException("the model does not know the expression: " + text);
  }
}
