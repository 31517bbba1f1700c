package dev.onward.access;

import dev.onward.model.EnvironmentId;
import dev.onward.model.ProjectId;

/** What a right is about. */
public sealed interface Scope {
  /** In words, after "on". */
  String words();

  /** Everything that Onward manages. */
  record Everything() implements Scope {
    @Override
    public String words() {
      return "everything";
    }
  }

  /** At least something, in whichever project. */
  record Anywhere() implements Scope {
    @Override
    public String words() {
      return "any project";
    }
  }

  /** All of a project. */
  record Project(ProjectId project) implements Scope {
    @Override
    public String words() {
      return "project " + project;
    }
  }

  /**
   * At least something in a project: whoever may look at one environment may look at the project.
   */
  record Somewhere(ProjectId project) implements Scope {
    @Override
    public String words() {
      return "any environment of project " + project;
    }
  }

  /** One environment of a project. */
  record Environment(ProjectId project, EnvironmentId environment) implements Scope {
    @Override
    public String words() {
      return "environment %s of project %s".formatted(environment, project);
    }
  }
}
