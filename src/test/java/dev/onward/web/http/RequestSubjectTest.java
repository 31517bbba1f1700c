package dev.onward.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.model.ProjectId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestSubjectTest {
  @ParameterizedTest
  @CsvSource({
    "/api/v1/stop, , everything",
    "/api/v1/projects/storage/stop, storage, storage",
    "/api/v1/projects/storage/environments/prod/deploy, storage, prod",
    "/api/v1/projects/storage/releases/33378e23/reject, storage, 33378e23",
    "/api/v1/projects/storage/releases, storage, storage",
    "/api/v1/projects/storage/labels/latest/cut, storage, latest",
    "/api/v1/releases/33378e23, , 33378e23",
    "/api/v1/projects/a%2fb/stop, , a%2fb",
    "/board, , everything",
  })
  void aPathIsAboutSomething(String path, String project, String subject) {
    RequestSubject place = RequestSubject.of(path);
    assertThat(place.project()).isEqualTo(Optional.ofNullable(project).map(ProjectId::new));
    assertThat(place.subject()).isEqualTo(subject);
    assertThat(place.path()).isEqualTo(path);
  }

  @Test
  void whatTheRequestIsKnownToBeAboutGoesBeforeItsPath() {
    RequestSubject place = RequestSubject.of("/projects/storage/act/hold").about("prod");
    assertThat(place.project()).contains(new ProjectId("storage"));
    assertThat(place.subject()).isEqualTo("prod");
    assertThat(place.about("x".repeat(9_999)).subject()).hasSize(201);
  }

  @Test
  void aLongPathIsCut() {
    assertThat(RequestSubject.of("/api/v1/projects/" + "x".repeat(9_999)).path()).hasSize(201);
  }
}
