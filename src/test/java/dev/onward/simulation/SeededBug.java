package dev.onward.simulation;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ParameterName;
import dev.onward.model.ProjectId;
import dev.onward.model.intervention.InterventionState;
import dev.onward.model.release.DeployedRelease;
import dev.onward.model.release.EnvironmentHead;
import dev.onward.model.release.ImageRef;
import dev.onward.model.release.Release;
import dev.onward.plan.Action;
import dev.onward.plan.command.InterventionUpdate;
import dev.onward.reconcile.observe.SimulatedReplica;
import dev.onward.reconcile.observe.SkewCorrectedClock;
import dev.onward.store.AuditTrail;
import dev.onward.store.GlobalStore;
import dev.onward.store.IdempotencyStore;
import dev.onward.store.ListedParameter;
import dev.onward.store.ParameterListing;
import dev.onward.store.ProjectState;
import dev.onward.store.ProjectStores;
import dev.onward.store.ReleaseStore;
import dev.onward.store.StoreException;
import dev.onward.store.WriteOutcome;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;

/**
 * Bugs that somebody could make, planted around what a process works with. The first ones change
 * what goes over the wire, the others what the stores answer.
 */
enum SeededBug implements Mutation {
  /** An environment's head is moved under no condition. */
  NO_CONDITION_ON_THE_HEAD {
    @Override
    public DynamoDbClient dynamo(ReplicaProcess process, DynamoDbClient real) {
      return new BuggyDynamo(real).withoutConditionOn("environment#");
    }
  },
  /** A label's head is moved, and a release put, under no condition. */
  NO_CONDITION_ON_THE_CUT {
    @Override
    public DynamoDbClient dynamo(ReplicaProcess process, DynamoDbClient real) {
      return new BuggyDynamo(real).withoutConditionOn("label#").withoutConditionOnReleases();
    }
  },
  /** A deployment is recorded whatever operators have said meanwhile. */
  IGNORES_WORDS_SAID_MEANWHILE {
    @Override
    public DynamoDbClient dynamo(ReplicaProcess process, DynamoDbClient real) {
      return new BuggyDynamo(real).withoutCheckOf("interventions");
    }
  },
  /** A release is promoted although its source went back from it meanwhile. */
  IGNORES_THE_SOURCE_MEANWHILE {
    @Override
    public DynamoDbClient dynamo(ReplicaProcess process, DynamoDbClient real) {
      return new BuggyDynamo(real).withoutCheckOf("environment#");
    }
  },
  /** A word is written over another that was said at the same moment. */
  NO_CONDITION_ON_WORDS {
    @Override
    public DynamoDbClient dynamo(ReplicaProcess process, DynamoDbClient real) {
      return new BuggyDynamo(real).withoutConditionOn("interventions");
    }
  },
  /** A deployment is appended to a list that is read, changed and written back as a whole. */
  WRITES_THE_DEPLOYMENTS_BACK {
    @Override
    public DynamoDbClient dynamo(ReplicaProcess process, DynamoDbClient real) {
      return new BuggyDynamo(real).writingListsBack();
    }
  },
  /** The audit event is left out of the transaction. */
  FORGETS_THE_AUDIT {
    @Override
    public DynamoDbClient dynamo(ReplicaProcess process, DynamoDbClient real) {
      return new BuggyDynamo(real).withoutAudit();
    }
  },
  /** A transaction whose answer was lost is sent again with its conditions brought up to date. */
  RETRIES_BLINDLY {
    @Override
    public ProjectStores stores(ReplicaProcess process, ProjectStores real) {
      return with(real, new BlindRetries(real.releases()));
    }
  },
  /** A page that fails is taken for the last one. */
  TAKES_A_FAILED_PAGE_FOR_THE_LAST {
    @Override
    public SsmClient ssm(ReplicaProcess process, SsmClient real) {
      return new BuggySsm(real) {
        @Override
        public GetParametersByPathResponse getParametersByPath(GetParametersByPathRequest request) {
          try {
            return super.getParametersByPath(request);
          } catch (SdkException e) {
            if (request.nextToken() == null) {
              throw e;
            }
            return GetParametersByPathResponse.builder().parameters(List.of()).build();
          }
        }
      };
    }
  },
  /** What AWS never leaves out is taken to be there. */
  TAKES_ANY_ANSWER {
    @Override
    public boolean checksAnswers() {
      return false;
    }
  },
  /** Whatever an answer is dated is the time. */
  BELIEVES_ANY_DATE {
    @Override
    public SkewCorrectedClock clock(InstantSource machine, LongSupplier nanoTime) {
      return SimulatedReplica.credulousClock(machine, nanoTime);
    }
  },
  /** Of a name that is listed twice the later entry counts. */
  TAKES_THE_LATER_OF_TWO {
    @Override
    public SsmClient ssm(ReplicaProcess process, SsmClient real) {
      return new BuggySsm(real) {
        @Override
        public GetParametersByPathResponse getParametersByPath(GetParametersByPathRequest request) {
          GetParametersByPathResponse page = super.getParametersByPath(request);
          var latest = new LinkedHashMap<String, Parameter>();
          page.parameters().forEach(it -> latest.put(it.name(), it));
          return page.toBuilder().parameters(latest.values()).build();
        }
      };
    }
  },
  /** What is newest is asked of the index, which lags. */
  TAKES_THE_NEWEST_FROM_THE_INDEX {
    @Override
    public ProjectStores stores(ReplicaProcess process, ProjectStores real) {
      return with(
          real,
          new BuggyReleases(real.releases()) {
            @Override
            public ProjectState state() {
              return newestOfTheIndex(super.state());
            }

            private ProjectState newestOfTheIndex(ProjectState state) {
              var labels = new TreeMap<>(state.labels());
              super.releases(10, Optional.empty()).releases().stream()
                  .filter(release -> release.manifest().label().isPresent())
                  .findFirst()
                  .ifPresent(
                      newest ->
                          labels.computeIfPresent(
                              newest.manifest().label().orElseThrow(),
                              (label, head) ->
                                  new dev.onward.model.release.LabelHead(
                                      label, newest.id(), newest.createdAt(), head.version())));
              return new ProjectState(labels, state.environments(), state.interventions());
            }

            @Override
            public WriteOutcome cut(
                Action.CutRelease action, List<Action.RecordDeployment> deployments) {
              // The head as it is, so that the write's condition holds.
              var now = super.state().labels().get(action.to().label());
              return super.cut(
                  new Action.CutRelease(
                      action.release(),
                      Optional.ofNullable(now),
                      new dev.onward.model.release.LabelHead(
                          action.to().label(),
                          action.release().id(),
                          action.release().createdAt(),
                          now == null ? 1 : now.version() + 1)),
                  deployments);
            }
          });
    }
  },
  /** Dates are compared with this machine's clock. */
  SETTLES_ON_ITS_OWN_CLOCK {
    @Override
    public ProjectStores stores(ReplicaProcess process, ProjectStores real) {
      return with(
          real,
          new BuggyParameters(real.parameters()) {
            @Override
            public ParameterListing list(ProjectId project) {
              return new ParameterListing(
                  super.list(project).parameters(), Optional.of(process.clock()));
            }
          });
    }
  },
  /** The head is not read again before parameters are written. */
  DOES_NOT_READ_THE_HEAD_AGAIN {
    @Override
    public ProjectStores stores(ReplicaProcess process, ProjectStores real) {
      return with(real, new StaleHeads(real.releases()));
    }
  },
  /** Whoever finds out to have been overtaken says nothing. */
  DOES_NOT_REOPEN {
    @Override
    public ProjectStores stores(ReplicaProcess process, ProjectStores real) {
      return with(
          real,
          new BuggyReleases(real.releases()) {
            @Override
            public void reopen(EnvironmentId environment) {
              // Somebody will notice.
            }
          });
    }
  },
  /** An environment with a parameter that cannot be written is not looked at again. */
  DOES_NOT_REOPEN_BESIDE_ANOTHER_TYPE {
    @Override
    public ProjectStores stores(ReplicaProcess process, ProjectStores real) {
      var silence = new SilentBesideAnotherType();
      return new ProjectStores(
          silence.parameters(real.parameters()),
          silence.releases(real.releases()),
          real.calendars(),
          real.audit(),
          real.requests());
    }
  },
  /** A put whose answer was lost is taken for done, and one that failed as well. */
  TAKES_EVERY_PUT_FOR_DONE {
    @Override
    public ProjectStores stores(ReplicaProcess process, ProjectStores real) {
      return with(
          real,
          new BuggyParameters(real.parameters()) {
            @Override
            public long put(ParameterName name, ImageRef image, String description) {
              try {
                return super.put(name, image, description);
              } catch (StoreException e) {
                return 1;
              }
            }
          });
    }
  },
  /** A head is marked converged when it is recorded, before its parameters are written. */
  CONVERGED_BEFORE_IT_IS {
    @Override
    public ProjectStores stores(ReplicaProcess process, ProjectStores real) {
      return with(
          real,
          new BuggyReleases(real.releases()) {
            @Override
            Action.RecordDeployment meant(Action.RecordDeployment action) {
              return leadingTo(action.to().markConverged(), action);
            }
          });
    }
  },
  /** After a restart approvals, holds and rejections are not read again. */
  FORGETS_WORDS_AFTER_A_RESTART {
    @Override
    public ProjectStores stores(ReplicaProcess process, ProjectStores real) {
      return process.isRestarted()
          ? with(
              real,
              new BuggyReleases(real.releases()) {
                @Override
                public ProjectState state() {
                  ProjectState state = super.state();
                  InterventionState interventions = state.interventions();
                  return new ProjectState(
                      state.labels(),
                      state.environments(),
                      new InterventionState(
                          interventions.version(),
                          Optional.empty(),
                          new TreeMap<>(),
                          new TreeMap<>(),
                          interventions.approvals(),
                          List.of()));
                }
              })
          : real;
    }
  },
  /** Where what operators have said is gone, nothing is taken to have been said. */
  TAKES_LOST_WORDS_FOR_SILENCE {
    @Override
    public GlobalStore daemon(ReplicaProcess process, GlobalStore real) {
      var newest = new AtomicLong();
      return new GlobalStore() {
        @Override
        public InterventionState interventions() {
          return silent(newest, real.interventions());
        }

        @Override
        public WriteOutcome updateInterventions(InterventionUpdate update) {
          return real.updateInterventions(update);
        }

        @Override
        public AuditTrail audit() {
          return real.audit();
        }

        @Override
        public IdempotencyStore requests() {
          return real.requests();
        }
      };
    }

    @Override
    public ProjectStores stores(ReplicaProcess process, ProjectStores real) {
      var newest = new AtomicLong();
      return with(
          real,
          new BuggyReleases(real.releases()) {
            @Override
            public ProjectState state() {
              ProjectState state = super.state();
              return new ProjectState(
                  state.labels(), state.environments(), silent(newest, state.interventions()));
            }
          });
    }

    private InterventionState silent(AtomicLong newest, InterventionState read) {
      long known = newest.accumulateAndGet(read.version(), Math::max);
      return read.version() < known
          ? new InterventionState(
              known, Optional.empty(), new TreeMap<>(), new TreeMap<>(), List.of(), List.of())
          : read;
    }
  },
  /** A stay is reckoned from the deployment alone: what was broken in between soaks on. */
  SOAKS_FROM_THE_DEPLOYMENT_ALONE {
    @Override
    public ProjectStores stores(ReplicaProcess process, ProjectStores real) {
      return with(
          real,
          new BuggyParameters(real.parameters()) {
            @Override
            public ParameterListing list(ProjectId project) {
              ParameterListing listing = super.list(project);
              String stage = ParameterName.pathOf(project) + "/" + Setting.STAGE + "/";
              return new ParameterListing(
                  listing.parameters().stream()
                      .map(it -> it.name().startsWith(stage) ? anHourOlder(it) : it)
                      .toList(),
                  listing.readAt());
            }
          });
    }
  },
  /** The old tool's deployments are never looked for. */
  FORGETS_THE_OLD_TOOL {
    @Override
    public ProjectStores stores(ReplicaProcess process, ProjectStores real) {
      return with(
          real,
          new BuggyReleases(real.releases()) {
            @Override
            public Stream<Release> deployedNewestFirst() {
              return Stream.empty();
            }
          });
    }
  },
  /** What was adopted is not remembered with the head, so that it is adopted again. */
  FORGETS_WHAT_IT_ADOPTED {
    @Override
    public ProjectStores stores(ReplicaProcess process, ProjectStores real) {
      return with(
          real,
          new BuggyReleases(real.releases()) {
            @Override
            public WriteOutcome adopt(Action.AdoptDeployment action) {
              return super.adopt(
                  new Action.AdoptDeployment(
                      action.adopted(), action.from(), forgetting(action.to())));
            }
          });
    }
  },
  /** A person's deployment does not keep automation from what was there before. */
  PEOPLE_SET_NO_FLOOR {
    @Override
    public ProjectStores stores(ReplicaProcess process, ProjectStores real) {
      return with(
          real,
          new BuggyReleases(real.releases()) {
            @Override
            Action.RecordDeployment meant(Action.RecordDeployment action) {
              return leadingTo(withoutFloor(action.to()), action);
            }
          });
    }
  };

  private static ProjectStores with(ProjectStores real, ReleaseStore releases) {
    return new ProjectStores(
        real.parameters(), releases, real.calendars(), real.audit(), real.requests());
  }

  private static ProjectStores with(ProjectStores real, BuggyParameters parameters) {
    return new ProjectStores(
        parameters, real.releases(), real.calendars(), real.audit(), real.requests());
  }

  private static Action.RecordDeployment leadingTo(
      EnvironmentHead to, Action.RecordDeployment action) {
    return new Action.RecordDeployment(
        action.release(),
        action.deployment(),
        action.source(),
        action.sourceHead(),
        action.interventions(),
        action.from(),
        to);
  }

  private static ListedParameter anHourOlder(ListedParameter it) {
    return new ListedParameter(
        it.name(),
        it.type(),
        it.value(),
        it.version(),
        it.lastModified().minus(Duration.ofHours(1)));
  }

  private static EnvironmentHead forgetting(EnvironmentHead head) {
    return new EnvironmentHead(
        head.environment(),
        head.version(),
        head.converged(),
        head.history(),
        head.automationAfter(),
        Optional.empty());
  }

  private static EnvironmentHead withoutFloor(EnvironmentHead head) {
    return new EnvironmentHead(
        head.environment(),
        head.version(),
        head.converged(),
        head.history(),
        Optional.empty(),
        head.adoptedUpTo());
  }

  /** Answers with the heads that were seen first, for as long as they are wanted again. */
  private static final class StaleHeads extends BuggyReleases {
    private final Map<EnvironmentId, EnvironmentHead> seen = new HashMap<>();

    StaleHeads(ReleaseStore real) {
      super(real);
    }

    @Override
    public WriteOutcome cut(Action.CutRelease action, List<Action.RecordDeployment> deployments) {
      deployments.forEach(it -> seen.put(it.to().environment(), it.to()));
      return super.cut(action, deployments);
    }

    @Override
    public WriteOutcome record(Action.RecordDeployment action) {
      seen.put(action.to().environment(), action.to());
      return super.record(action);
    }

    @Override
    public ProjectState state() {
      ProjectState state = super.state();
      seen.clear();
      seen.putAll(state.environments());
      return state;
    }

    @Override
    public Optional<EnvironmentHead> head(EnvironmentId environment) {
      return Optional.ofNullable(seen.get(environment));
    }
  }

  /** Does again, from whatever is there now, what may have been done. */
  private static final class BlindRetries extends BuggyReleases {
    BlindRetries(ReleaseStore real) {
      super(real);
    }

    @Override
    public WriteOutcome record(Action.RecordDeployment action) {
      WriteOutcome outcome = super.record(action);
      if (outcome.applied() && !(outcome instanceof WriteOutcome.AlreadyApplied)) {
        return outcome;
      }
      Optional<EnvironmentHead> now = super.head(action.to().environment());
      if (now.isEmpty()) {
        return outcome;
      }
      DeployedRelease meant = action.to().current().orElseThrow();
      String id = meant.deploymentId().orElseThrow() + "-again";
      var deployed =
          new DeployedRelease(
              meant.release(),
              meant.releaseCreatedAt(),
              Optional.of(id),
              meant.deployedAt(),
              meant.origin());
      var history = new ArrayList<>(now.get().history());
      history.add(deployed);
      var d = action.deployment();
      return super.record(
          new Action.RecordDeployment(
              action.release(),
              new dev.onward.model.release.Deployment(
                  Optional.of(id),
                  d.createdAt(),
                  d.description(),
                  d.environment(),
                  d.environmentName(),
                  d.requestedBy()),
              action.source(),
              Optional.empty(),
              Optional.empty(),
              now.get(),
              new EnvironmentHead(
                  now.get().environment(),
                  now.get().version() + 1,
                  false,
                  history,
                  now.get().automationAfter(),
                  now.get().adoptedUpTo())));
    }
  }
}
