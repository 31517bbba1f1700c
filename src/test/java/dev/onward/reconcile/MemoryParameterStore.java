package dev.onward.reconcile;

import dev.onward.model.ParameterName;
import dev.onward.model.ProjectId;
import dev.onward.model.release.ImageRef;
import dev.onward.store.Failure;
import dev.onward.store.ListedParameter;
import dev.onward.store.ParameterListing;
import dev.onward.store.ParameterStore;
import dev.onward.store.ParameterVersion;
import dev.onward.store.StoreException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Parameters in memory, with versions and history as SSM has them. */
public final class MemoryParameterStore implements ParameterStore {
  private final Map<String, List<ParameterVersion>> histories = new TreeMap<>();
  private final Map<String, String> types = new TreeMap<>();
  private final InstantSource clock;
  private CallHook hook = CallHook.NONE;
  private boolean tellsItsTime = true;
  private Optional<Instant> nextDate = Optional.empty();
  private boolean tellsHistories = true;
  private int lacking;

  public MemoryParameterStore(InstantSource clock) {
    this.clock = clock;
  }

  public void hook(CallHook newHook) {
    hook = newHook;
  }

  void withoutTime() {
    tellsItsTime = false;
  }

  /** What the next answer says that the time is. */
  public void dating(Instant date) {
    nextDate = Optional.of(date);
  }

  /** Without the permission to read histories. */
  public void withoutHistory() {
    tellsHistories = false;
  }

  /** Histories lag behind listings by so many versions. */
  public void historiesLackTheirLast(int versions) {
    lacking = versions;
  }

  /** A build, or a person, writes without Onward. */
  public void write(String name, String value) {
    write(name, "String", value, "arn:aws:iam::123456789012:user/build");
  }

  public void write(String name, String type, String value, String user) {
    write(name, type, value, user, Optional.empty());
  }

  private void write(
      String name, String type, String value, String user, Optional<String> description) {
    var versions = histories.computeIfAbsent(name, n -> new ArrayList<>());
    types.put(name, type);
    versions.add(
        new ParameterVersion(
            versions.size() + 1L, value, clock.instant(), Optional.of(user), description));
  }

  void delete(String name) {
    histories.remove(name);
  }

  public Optional<String> value(String name) {
    return Optional.ofNullable(histories.get(name)).map(versions -> versions.getLast().value());
  }

  public Optional<String> description(String name) {
    return Optional.ofNullable(histories.get(name))
        .flatMap(versions -> versions.getLast().description());
  }

  public long version(String name) {
    return histories.getOrDefault(name, List.of()).size();
  }

  @Override
  public ParameterListing list(ProjectId project) {
    hook.before("list");
    Optional<Instant> readAt =
        tellsItsTime
            ? nextDate.or(() -> Optional.of(clock.instant().truncatedTo(ChronoUnit.SECONDS)))
            : Optional.empty();
    nextDate = Optional.empty();
    var listed = new ArrayList<ListedParameter>();
    histories.forEach(
        (name, versions) -> {
          if (name.startsWith(ParameterName.pathOf(project) + "/")) {
            ParameterVersion last = versions.getLast();
            listed.add(
                new ListedParameter(
                    name,
                    types.getOrDefault(name, "String"),
                    last.value(),
                    last.version(),
                    last.lastModified()));
          }
        });
    hook.after("list");
    return new ParameterListing(listed, readAt);
  }

  @Override
  public List<ParameterVersion> history(ParameterName name) {
    hook.before("history");
    if (!tellsHistories) {
      throw new StoreException(Failure.stalled("no permission to read histories"));
    }
    List<ParameterVersion> all = histories.getOrDefault(name.path(), List.of());
    var versions = List.copyOf(all.subList(0, Math.max(0, all.size() - lacking)));
    hook.after("history");
    return versions;
  }

  @Override
  public long put(ParameterName name, ImageRef image, String description) {
    hook.before("put");
    write(
        name.path(),
        "String",
        image.value(),
        "arn:aws:iam::123456789012:role/onward",
        Optional.of(description));
    hook.after("put");
    return version(name.path());
  }
}
