package dev.onward.policy.gate;

import dev.onward.model.InvalidValueException;
import dev.onward.model.Source;
import dev.onward.policy.Candidate;
import dev.onward.policy.EnvironmentContext;
import dev.onward.policy.EnvironmentGate;
import dev.onward.policy.ExternalQuery;
import dev.onward.policy.Gate;
import dev.onward.policy.Phrases;
import dev.onward.policy.PromotionMode;
import dev.onward.policy.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How an environment takes releases: from which source, automatically or not, through which gates.
 *
 * @param gates the manifest's gates, in the order in which they are documented and reported; at
 *     most one of a name, and none of the {@linkplain #builtInNames built-in names}
 */
public record PromotionPolicy(Source from, PromotionMode mode, List<Gate> gates) {
  private static final List<String> BUILT_IN =
      GateType.builtIn().stream().map(GateType::key).toList();

  public PromotionPolicy {
    gates = gates.stream().sorted(GateType.ORDER).toList();
    var names = new HashSet<>(BUILT_IN);
    for (Gate gate : gates) {
      if (!names.add(gate.name())) {
        throw new InvalidValueException(
            "gate", gate.name(), "each gate once, and not " + Phrases.and(BUILT_IN));
      }
    }
  }

  /** The names of the gates that prevent automatic repair, too. */
  public static final Set<String> HOLDING_REPAIR = Set.of(GateType.STOP.key(), GateType.HOLD.key());

  /** The policy of an environment without one: only people deploy there. */
  public static PromotionPolicy manual(Source from) {
    return new PromotionPolicy(from, PromotionMode.MANUAL, List.of());
  }

  /** The names of the gates that are part of every policy and that a manifest cannot name. */
  public static List<String> builtInNames() {
    return BUILT_IN;
  }

  /**
   * Every gate's verdict on the candidate, in the order of {@link GateType}, then those of unknown
   * gates by name. All are evaluated even when one holds, so that people see every reason at once.
   */
  public List<Verdict> judge(Candidate candidate) {
    return all().stream().map(gate -> gate.judge(candidate)).toList();
  }

  /**
   * The verdicts that hold a person's deployment until it overrides them. A manual mode waits for
   * just that, and a person need not wait for the source: rolling back must be possible while it is
   * being written too.
   */
  public List<Verdict> holdingAPerson(Candidate candidate) {
    return all().stream()
        .filter(gate -> !(gate instanceof ModeGate || gate instanceof SourceConvergedGate))
        .map(gate -> gate.judge(candidate))
        .filter(verdict -> !verdict.passed())
        .toList();
  }

  /**
   * The verdicts that would hold any release now: stops, holds and freezes. They are in force while
   * no release waits, too.
   */
  public List<Verdict> holdingAnything(EnvironmentContext situation) {
    return all().stream()
        .filter(EnvironmentGate.class::isInstance)
        .map(gate -> ((EnvironmentGate) gate).judge(situation))
        .filter(verdict -> !verdict.passed())
        .toList();
  }

  /** The verdicts without those of gates with external queries, whose results are true only now. */
  public List<Verdict> judgeByTime(Candidate candidate) {
    return all().stream()
        .filter(gate -> gate.queries(candidate).isEmpty())
        .map(gate -> gate.judge(candidate))
        .toList();
  }

  /** The external facts that the gates need to evaluate the candidate, without duplicates. */
  public List<ExternalQuery> queries(Candidate candidate) {
    return all().stream().flatMap(gate -> gate.queries(candidate).stream()).distinct().toList();
  }

  /**
   * With the gates that every policy has, in order; operators' freezes hold where a manifest plans
   * none.
   */
  private List<Gate> all() {
    boolean planned = !gates.isEmpty() && gates.getFirst() instanceof FreezesGate;
    var all = new ArrayList<Gate>();
    all.add(new ModeGate(mode));
    all.add(new StopGate());
    all.add(new HoldGate());
    all.add(planned ? gates.getFirst() : new FreezesGate(List.of()));
    all.add(new SourceConvergedGate());
    all.addAll(gates.subList(planned ? 1 : 0, gates.size()));
    return all;
  }
}
