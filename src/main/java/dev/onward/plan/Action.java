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
 * One step towards the desired state. Each carries the head it was decided from ({@code from}) and
 * the resulting head ({@code to}); its write is conditional on the former.
 */
public sealed interface Action {
  /** The label or environment that the action changes. */
  Source target();

  /** Puts the release and moves the label's head to it. */
  record CutRelease(Release release, Optional<LabelHead> from, LabelHead to) implements Action {
    @Override
    public Source target() {
      return to.label();
    }
  }

  /** Starts managing an environment, with the newest deployment recorded for it, if any. */
  record InitialiseEnvironment(EnvironmentHead to, Optional<ForeignDeployment> adopted)
      implements Action {
    @Override
    public Source target() {
      return to.environment();
    }
  }

  /** Adopts a deployment of the older tool as a person's decision. */
  record AdoptDeployment(ForeignDeployment adopted, EnvironmentHead from, EnvironmentHead to)
      implements Action {
    @Override
    public Source target() {
      return to.environment();
    }
  }

  /**
   * Appends the deployment to the release and moves the environment's head to it.
   *
   * @param source where automation took the release from; absent for a person's deployment
   * @param sourceHead the head of the source environment, so that a concurrent rollback there
   *     prevents the write. Absent for a label, whose chain only grows
   * @param interventions the version of the interventions the decision is based on: one set
   *     meanwhile prevents the write, of a person's deployment as well. Absent if none were read
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
   * Writes the environment's parameters as its head's release defines them, then marks the head
   * converged.
   *
   * @param writes only the parameters that differ
   * @param complete whether nothing else differs: a parameter that cannot be overwritten prevents
   *     convergence
   * @param repair whether automation decided on it, to repair parameter drift of an environment
   *     that had converged
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

    /**
     * Whether this repairs parameter drift, by automation or on request, rather than completing a
     * deployment.
     */
    public boolean repairs() {
      return repair || head.repairAsked();
    }

    @Override
    public Source target() {
      return head.environment();
    }
  }
}
