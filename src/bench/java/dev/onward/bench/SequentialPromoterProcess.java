package dev.onward.bench;

/** The sequential promoter at work in its own process. */
final class SequentialPromoterProcess implements AutoCloseable {
  /** Where the daemon keeps its releases, so that both write to the same table. */
  private static final String TABLE = "onward-releases";

  private final JavaProcess process;

  SequentialPromoterProcess(Endpoint endpoint) {
    process =
        new JavaProcess(SequentialPromoter.class, JvmOptions.ofTheArtifact(), endpoint.settings());
  }

  SequentialPromoter.Done promote(int projects, String tag) {
    var order = new SequentialPromoter.Order(projects, tag, TABLE);
    return Line.read(process.ask(Line.of(order)), SequentialPromoter.Done.class);
  }

  @Override
  public void close() {
    process.close();
  }
}
