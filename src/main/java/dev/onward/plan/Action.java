package dev.onward.plan;

import dev.onward.model.ServiceId;
import dev.onward.model.Source;
import dev.onward.model.release.Deployment;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.LabelHead;
import dev.onward.model.release.Release;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One step that brings the world nearer to the desired state. Each carries the head it was decided
 * from ({@code from}) and the head it leads to ({@code to}); its write is conditional on the
 * former.
 */
public sealed interface Action {
  /** The label or environment that the action changes. */
  Source target();

  /** Put the release and move the label's head to it. */
  record CutRelease(Release release, Optional<LabelHead> from, LabelHead to) implements Action {
    @Override
    public Source target() {
      return to.label();
    }
  }

  /** Begin to manage an environment, with the newest deployment recorded for it, if any. */
  record InitialiseEnvironment(EnvironmentHead to, Optional<ForeignDeployment> adopted)
      implements Action {
    @Override
    public Source target() {
      return to.environment();
    }
  }

  /** Take a deployment of the old tool for what it is: a person's decision. */
  record AdoptDeployment(ForeignDeployment adopted, EnvironmentHead from, EnvironmentHead to)
      implements Action {
    @Override
    public Source target() {
      return to.environment();
    }
  }

  /**
   * Append the deployment to the release and move the environment's head to it.
   *
   * @param source where automation took the release from; absent for a person's deployment
   * @param sourceHead the head of the environment that automation took it from: whoever goes back
   *     there meanwhile must stop it. Absent for a label, whose releases only get older
   * @param interventions the version of the operators' words that it was decided by: one that is
   *     said meanwhile must stop it, a person's deployment too. Absent where none were read
   */
  record RecordDeployment(
      Release release,
      Deployment deployment,
      Optional<Source> source,
      Optional<EnvironmentHead> sourceHead,
      Optional<Long> interventions,
      EnvironmentHead from,
      EnvironmentHead to)
      implements Action {
    @Override
    public Source target() {
      return to.environment();
    }
  }

  /**
   * Make the environment's parameters equal to its head's release, then mark the head converged.
   *
   * @param writes only the parameters that differ
   * @param complete whether nothing else differs: a parameter that cannot be overwritten keeps the
   *     environment from being converged
   * @param repair whether automation decided on it, to end parameter drift of an environment that
   *     had converged
   */
  record ConvergeParameters(
      Release release,
      EnvironmentHead head,
      SortedMap<ServiceId, ImageRef> writes,
      boolean complete,
      boolean repair)
      implements Action {
    public ConvergeParameters {
      writes = Collections.unmodifiableSortedMap(new TreeMap<>(writes));
    }

    /** Whether automation or a person repairs what had drifted, rather than ends a deployment. */
    public boolean repairs() {
      return repair || head.repairAsked();
    }

    @Override
    public Source target() {
      return head.environment();
    }
  }
}
