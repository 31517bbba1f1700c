package dev.onward.policy;

import dev.onward.model.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * How an environment takes releases: from where, automatically or not, through which gates.
 *
 * @param gates the manifest's gates, in the order in which they are documented and reported
 */
public record PromotionPolicy(Source from, Mode mode, List<Gate> gates) {
  public PromotionPolicy {
    gates = List.copyOf(gates);
  }

  /**
   * Every gate's verdict on the candidate, in one fixed order: the mode, whether the source has the
   * release, then the manifest's gates. All are judged even when one holds, so that people see
   * every reason at once.
   */
  public List<Verdict> judge(Candidate candidate) {
    var verdicts = new ArrayList<Verdict>();
    verdicts.add(new ModeGate(mode).judge(candidate));
    verdicts.add(new SourceConvergedGate().judge(candidate));
    gates.forEach(gate -> verdicts.add(gate.judge(candidate)));
    return List.copyOf(verdicts);
  }
}
