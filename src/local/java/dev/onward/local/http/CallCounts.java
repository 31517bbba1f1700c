package dev.onward.local.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each operation was called, {@code ssm.GetParametersByPath} say, failures included. */
public final class CallCounts {

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  void add(String call) {
    counts.computeIfAbsent(call, name -> new LongAdder()).increment();
  }

  public Map<String, Long> snapshot() {
    Map<String, Long> snapshot = new TreeMap<>();
    counts.forEach((call, count) -> snapshot.put(call, count.sum()));
    return snapshot;
  }

  public void reset() {
    counts.clear();
  }
}
