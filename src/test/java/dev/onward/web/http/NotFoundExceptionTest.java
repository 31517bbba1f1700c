package dev.onward.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.manifest.Manifests;
import dev.onward.model.ProjectId;
import org.junit.jupiter.api.Test;

class NotFoundExceptionTest {
  private static final ProjectId STORAGE = new ProjectId("storage");

  @Test
  void aProjectThatNoManifestNamesIsJustThat() {
    assertThat(detail(Manifests.NONE)).isEqualTo("no manifest names the project 'storage'");
    assertThat(detail(manifests("other: {name: Other, environments: none}")))
        .isEqualTo("no manifest names the project 'storage'");
  }

  @Test
  void aProjectWhoseManifestWasNeverValidSaysSo() {
    assertThat(detail(manifests("storage: {name: Storage, environments: none}")))
        .isEqualTo(
            "the manifest of the project 'storage' has errors and was never in force;"
                + " /api/v1/daemon lists them");
  }

  @Test
  void aManifestThatCannotBeReadMayNameAnyProject() {
    assertThat(detail(manifests("storage: {")))
        .startsWith("no manifest names the project 'storage', but not every manifest could be read")
        .contains("/api/v1/daemon");
  }

  private static Manifests manifests(String text) {
    return Manifests.ofText("storage.yaml", text);
  }

  private static String detail(Manifests manifests) {
    return NotFoundException.project(STORAGE, manifests).detail();
  }
}
