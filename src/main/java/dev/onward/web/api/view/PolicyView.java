package dev.onward.web.api.view;

import dev.onward.plan.Words;
import dev.onward.policy.Gate;
import dev.onward.policy.gate.PromotionPolicy;
import java.util.List;

/**
 * How an environment takes releases.
 *
 * @param mode {@code auto} or {@code manual}
 * @param gates by name, in the order in which they are judged
 */
record PolicyView(SourceView from, String mode, List<String> gates) {
  static PolicyView of(PromotionPolicy policy) {
    return new PolicyView(
        SourceView.of(policy.from()),
        Words.of(policy.mode()),
        policy.gates().stream().map(Gate::name).toList());
  }
}
