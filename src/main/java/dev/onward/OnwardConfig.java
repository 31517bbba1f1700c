package dev.onward;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Onward's own settings. AWS's (region, credentials, {@code AWS_ENDPOINT_URL}) are the standard
 * ones of the AWS SDK. Each can be given as a system property ({@code onward.interval}) or an
 * environment variable ({@code ONWARD_INTERVAL}). {@link ConfigurationCheck} refuses what cannot
 * work: rates and numbers below 1, durations of nothing, names that are no table's.
 */
@ConfigMapping(prefix = "onward")
public interface OnwardConfig {

  /** The directory of project manifests: every {@code .json}, {@code .yaml}, {@code .yml} file. */
  @WithDefault("manifests")
  Path manifests();

  /** How often each project is reconciled. A cycle that takes longer is never overlapped. */
  @WithDefault("15s")
  Duration interval();

  /** How many projects are reconciled at the same time: 1 or more. */
  @WithDefault("16")
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
  Duration repairGrace();

  /** How often the releases table is searched for the old tool's deployments without any drift. */
  @WithDefault("10m")
  Duration adoptionInterval();

  /** Limits on the requests to Parameter Store. */
  Ssm ssm();

  /** How failing projects are retried. */
  Backoff backoff();

  /** What the REST API lets people do. */
  Api api();

  /** What the daemon does with a plan. */
  enum Mode {
    ACT,
    OBSERVE
  }

  /** Limits on the requests to Parameter Store, over all projects of this process. */
  interface Ssm {
    /** Reads a second; AWS's default quota is 40, shared by everyone in the account and Region. */
    @WithDefault("30")
    int readsPerSecond();

    /** Writes a second; AWS's default quota is 3. */
    @WithDefault("3")
    int writesPerSecond();
  }

  /** What the REST API lets people do. Reading is always allowed. */
  interface Api {
    /**
     * Who may act: hold, deploy, reject and so on, previews of these included.
     *
     * <p>{@code none}: nobody. {@code loopback}: whoever can open a connection from this very
     * machine, under the name that the header {@code Onward-Caller} gives; nothing proves that
     * name. It is meant for a local start: in production other people's processes are on the same
     * machine, and behind a proxy there everybody is.
     */
    @WithDefault("none")
    Acting acting();
  }

  /** Who may act through the REST API. */
  enum Acting {
    NONE,
    LOOPBACK
  }

  /**
   * How failing projects are retried: the delay doubles from the interval up to a cap, jittered.
   */
  interface Backoff {
    /** The longest wait after transient failures. */
    @WithDefault("2m")
    Duration maximum();

    /** The wait after failures that a person must mend, such as missing permissions. */
    @WithDefault("5m")
    Duration stalled();
  }
}
