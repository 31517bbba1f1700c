package dev.onward.manifest.document;

import dev.onward.manifest.document.ManifestProblem.Severity;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A map in a manifest. Remembers which keys were asked for, so that it knows the unknown ones. */
public final class Section {
  private final Node.Mapping mapping;
  private final DocumentPath path;
  private final ProblemCollector findings;
  private final Map<String, Node.Entry> entries = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();
  private final Set<String> passedBy = new HashSet<>();

  Section(Node.Mapping mapping, DocumentPath path, ProblemCollector findings) {
    this.mapping = mapping;
    this.path = path;
    this.findings = findings;
    mapping.entries().forEach(entry -> entries.put(entry.key(), entry));
  }

  public Optional<Value> at(String key) {
    known.add(key);
    return Optional.ofNullable(entries.get(key)).map(this::value);
  }

  /** The same of a key of the older tool, which writes {@code null} for what is not there. */
  public Optional<Value> atOrNull(String key) {
    return at(key).filter(value -> !value.isNull());
  }

  /** Keys of others, which mean nothing here: no warning of them. */
  public void passBy(Collection<String> keys) {
    passedBy.addAll(keys);
  }

  /** Its absence is an error. */
  public Optional<Value> required(String key, String allowed) {
    Optional<Value> value = at(key);
    if (value.isEmpty()) {
      findings.error(path.key(key), mapping.line(), "nothing", allowed);
    }
    return value;
  }

  public void error(String found, String allowed) {
    findings.error(path, mapping.line(), found, allowed);
  }

  public void warning(String found, String allowed) {
    findings.warning(path, mapping.line(), found, allowed);
  }

  public int size() {
    return entries.size();
  }

  /** Every value by its key, where the keys are the manifest's to choose. */
  public Map<String, Value> all() {
    var values = new LinkedHashMap<String, Value>();
    entries.forEach((key, entry) -> values.put(key, value(entry)));
    return values;
  }

  /** To be called when all known keys have been asked for. */
  public void warnOfUnknownKeys() {
    unknown()
        .forEach(
            entry ->
                findings.warning(
                    path.key(entry.key()),
                    entry.line(),
                    "an unknown key, which is ignored",
                    findings.lists(Severity.WARNING) ? knownOr(entry.key()) : ""));
  }

  /** Instead of the warning, where to ignore a misspelt key could let a release go too early. */
  public void rejectUnknownKeys() {
    unknown()
        .forEach(
            entry ->
                findings.error(
                    path.key(entry.key()),
                    entry.line(),
                    "an unknown key",
                    findings.lists(Severity.ERROR) ? knownOr(entry.key()) : ""));
  }

  private List<Node.Entry> unknown() {
    return entries.values().stream()
        .filter(entry -> !known.contains(entry.key()) && !passedBy.contains(entry.key()))
        .toList();
  }

  private String knownOr(String key) {
    return String.join(", ", known) + SpellingSuggestion.hint(key, known);
  }

  private Value value(Node.Entry entry) {
    return new Value(entry.value(), path.key(entry.key()), findings);
  }
}
