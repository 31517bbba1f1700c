package dev.onward.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.ProjectId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectSelectionTest {
  @ParameterizedTest
  @CsvSource({
    "*, storage, true",
    "storage, storage, true",
    "storage, storage2, false",
    "storage, Storage, false",
    "catalogue-*, catalogue-api, true",
    "catalogue-*, catalogue, false",
    "*-api, catalogue-api, true",
    "item?, items, true",
    "item?, item, false",
    "a.b, a.b, true",
    "a.b, axb, false",
    "storage bags, bags, true",
    "!storage, storage, false",
    "!storage, bags, true",
    "catalogue-* !catalogue-old, catalogue-old, false",
    "!catalogue-old catalogue-*, catalogue-api, true",
    "storage !storage, storage, false",
  })
  void aProjectIsSelectedIfSomethingNamesItAndNothingLeavesItOut(
      String patterns, String project, boolean selected) {
    var selection = ProjectSelection.of(List.of(patterns.split(" ")));

    assertThat(selection.test(new ProjectId(project))).isEqualTo(selected);
  }

  @Test
  void shardsThatLeaveOutWhatOthersNameShareAllProjects() {
    var one = ProjectSelection.of(List.of("a*", "b*"));
    var rest = ProjectSelection.of(List.of("!a*", "!b*"));

    for (String id : List.of("a", "alpha", "b", "c", "storage")) {
      var project = new ProjectId(id);
      assertThat(one.test(project)).as(id).isNotEqualTo(rest.test(project));
    }
  }
}
