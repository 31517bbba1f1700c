package dev.onward;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Onward's own settings. AWS's (region, credentials, {@code AWS_ENDPOINT_URL}) are the standard
 * ones of the AWS SDK. Each can be given as a system property ({@code onward.interval}) or an
 * environment variable ({@code ONWARD_INTERVAL}). {@link dev.onward.startup.ConfigurationValidator}
 * refuses what cannot work: rates and numbers below 1, durations of nothing, names that are no
 * table's. Durations are written as in manifests: {@code 30s}, {@code 1h30m}, {@code PT10M}.
 */
@ConfigMapping(prefix = "onward")
public interface OnwardConfig {

  /** The directory of project manifests: every {@code .json}, {@code .yaml}, {@code .yml} file. */
  @WithDefault("manifests")
  Path manifests();

  /**
   * The projects of the manifests that are managed here: ids with {@code *} and {@code ?}, and
   * {@code !} before what is left out. So several shards share one set of manifests.
   */
  @WithDefault("*")
  List<String> projects();

  /** How often each project is reconciled. A cycle that takes longer is never overlapped. */
  @WithDefault("15s")
  @WithConverter(DurationSetting.class)
  Duration interval();

  /** How many projects are reconciled at the same time: 1 or more. */
  @WithDefault("32")
  int parallelism();

  /** The releases table's name; may contain {@code {project_id}} for one table a project. */
  @WithDefault("onward-releases")
  String releasesTable();

  /** The state table's name: another table than the releases'. */
  @WithDefault("onward-state")
  String stateTable();

  /** Whether missing tables are created. Off in production: their absence is an error. */
  @WithDefault("false")
  boolean createTables();

  /** {@code act} writes what is planned; {@code observe} only reports it. */
  @WithDefault("act")
  Mode mode();

  /**
   * How long an environment's parameters must have been still before drift is repaired or an
   * adopted deployment's parameters are written: longer than the releases table's index lags and
   * than the old tool needs between two writes.
   */
  @WithDefault("60s")
  @WithConverter(DurationSetting.class)
  Duration repairGrace();

  /** How often the releases table is searched for the old tool's deployments without any drift. */
  @WithDefault("10m")
  @WithConverter(DurationSetting.class)
  Duration adoptionInterval();

  /** Which of several replicas reconciles. */
  Lease lease();

  /** Limits on the requests to Parameter Store. */
  Ssm ssm();

  /** How failing projects are retried. */
  Backoff backoff();

  /** What the REST API and the board let people do. */
  Api api();

  /** Who may do what, where an identity provider says who people are. */
  Access access();

  /** What the daemon does with a plan. */
  enum Mode {
    ACT,
    OBSERVE
  }

  /**
   * Which of several replicas reconciles. The lease saves requests; what is right never depends on
   * it. With {@code onward.mode=observe} none is taken.
   */
  interface Lease {
    /** Whether replicas share a lease; without it each of them reconciles as if it were alone. */
    @WithDefault("true")
    boolean enabled();

    /**
     * How long the leader may be silent before another replica takes its place, 1s to 1m: after a
     * crash nobody leads for about this long, and 2 seconds more at most. The leader says that it
     * is there three times a term.
     */
    @WithDefault("10s")
    @WithConverter(DurationSetting.class)
    Duration term();

    /** The lease's name: replicas with the same one stand in for each other. Shards have others. */
    @WithDefault("onward")
    String name();

    /**
     * How often a standby looks at each project, for its board and API; never more often than
     * {@code onward.interval}.
     */
    @WithDefault("1m")
    @WithConverter(DurationSetting.class)
    Duration standbyInterval();
  }

  /** Limits on the requests to Parameter Store, over all projects of this process. */
  interface Ssm {
    /**
     * Reads a second; AWS's default quota is 40, shared by everyone in the account and Region. A
     * standby allows itself a sixth of it.
     */
    @WithDefault("30")
    int readsPerSecond();

    /** Writes a second; AWS's default quota is 3. */
    @WithDefault("3")
    int writesPerSecond();
  }

  /** What the REST API and the board let people do. */
  interface Api {
    /**
     * Who may act: hold, deploy, reject and so on, previews of these included. Without it: {@code
     * roles} where {@code quarkus.oidc.auth-server-url} names an identity provider, else {@code
     * none}.
     *
     * <p>{@code none}: nobody. {@code roles}: whoever the identity provider knows, as far as {@link
     * Access} lets them. {@code loopback}: whoever can open a connection from this very machine,
     * under the name that the header {@code Onward-Caller} gives; nothing proves that name. It is
     * meant for a local start: in production other people's processes are on the same machine, and
     * behind a proxy there everybody is.
     */
    Optional<WriteAccess> writes();
  }

  /** Who may act through the REST API. */
  enum WriteAccess {
    NONE,
    LOOPBACK,
    ROLES
  }

  /** Who may do what, where an identity provider says who people are. */
  interface Access {
    /**
     * The claim that lists a caller's groups: a list, or a text with spaces between them. What is
     * inside of another claim follows a slash: {@code realm_access/roles}; a claim with slashes in
     * its own name stands in double quotes.
     */
    @WithDefault("groups")
    String claim();

    /** The claim that is a caller's id, under which all that they do is recorded. */
    @WithDefault("sub")
    String idClaim();

    /**
     * Roles for groups, each under a name of its own. Whoever is in several has all of them.
     * Without any, the groups {@code viewer}, {@code deployer} and {@code admin} have these roles
     * everywhere.
     */
    Map<String, Grant> grants();

    /** A role for the members of some groups. */
    interface Grant {
      /** Any of these is enough; {@code *} is everybody who is signed in. */
      Optional<List<String>> groups();

      /**
       * {@code viewer}: may look. {@code deployer}: may act on environments and projects too.
       * {@code admin}: may act on everything at once too.
       */
      Optional<String> role();

      /** The ids of the projects where it holds; without it, in all. */
      Optional<List<String>> projects();

      /**
       * The ids of the environments where it holds; without it, in all. Whoever has it may look at
       * all of the project, and act on these environments alone.
       */
      Optional<List<String>> environments();
    }
  }

  /**
   * How failing projects are retried: the delay doubles from the interval up to a cap, jittered.
   */
  interface Backoff {
    /** The longest wait after transient failures. */
    @WithDefault("2m")
    @WithConverter(DurationSetting.class)
    Duration maximum();

    /** The wait after failures that a person must mend, such as missing permissions. */
    @WithDefault("5m")
    @WithConverter(DurationSetting.class)
    Duration stalled();
  }
}
