package dev.onward.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersByPathResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ParameterType;

class ListParametersTest extends SsmTestBase {

  private long seed;
  private Random random;

  @Override
  LocalAwsOptions options() {
    seed = new Random().nextLong();
    random = new Random(seed);
    return super.options();
  }

  @Test
  void oneLevelListsChildrenAndRecursiveAllBelow() {
    List.of("/a", "/a/b", "/a/c", "/a/b/d", "/a/b/d/e", "/a-b/c", "/ab", "/b", "top")
        .forEach(name -> create(name, "x"));

    assertThat(list("/a", false)).containsExactlyInAnyOrder("/a/b", "/a/c");
    assertThat(list("/a/", true)).containsExactlyInAnyOrder("/a/b", "/a/c", "/a/b/d", "/a/b/d/e");
    assertThat(list("/", false)).containsExactlyInAnyOrder("/a", "/ab", "/b", "top");
    assertThat(list("/", true)).hasSize(9);
    assertThat(list("/nothing", true)).isEmpty();
    assertThat(list("/aws/service", true)).isEmpty();
  }

  @Test
  void pagesInAnyOrderOfWritingAddUpToEverythingOnce() {
    Set<String> names = randomNames(120);
    Set<String> expected = new TreeSet<>(names);
    expected.removeIf(name -> !name.startsWith("/p/images/"));

    assertThat(list("/p/images", true))
        .as("seed %d", seed)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void aFullPageHoldsWhatWasAskedForAndTenByDefault() {
    IntStream.range(0, 25).forEach(i -> create("/p/s" + i, "x"));

    assertThat(pageSizes(3)).containsExactly(3, 3, 3, 3, 3, 3, 3, 3, 1);
    assertThat(pageSizes(10)).containsExactly(10, 10, 5);
    assertThat(pageSizes(5)).containsExactly(5, 5, 5, 5, 5);
    assertThat(ssm.getParametersByPath(p -> p.path("/p")).parameters()).hasSize(10);
    assertThat(codeOf(() -> pageSizes(11))).isEqualTo("ValidationException");
    assertThat(codeOf(() -> pageSizes(0))).isEqualTo("ValidationException");
  }

  @Test
  void pagesMayBeShortOrEmptyAndStillLoseNothing() {
    try (LocalAws uneven = LocalAws.start(options().withUnevenPages(seed));
        var client = Clients.ssm(uneven)) {
      IntStream.range(0, 95).forEach(i -> uneven.ssm().putParameter("/p/s" + i, "x", "d", "u"));

      List<Integer> sizes = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (var page : client.getParametersByPathPaginator(p -> p.path("/p"))) {
        sizes.add(page.parameters().size());
        page.parameters().forEach(parameter -> names.add(parameter.name()));
      }
      assertThat(names).as("seed %d", seed).hasSize(95).doesNotHaveDuplicates();
      assertThat(sizes).as("seed %d", seed).allMatch(size -> size <= 10).hasSizeGreaterThan(10);
    }
  }

  @Test
  void whatIsDeletedOrAddedBetweenPagesDisturbsNothingElse() {
    IntStream.range(10, 30).forEach(i -> create("/p/s" + i, "x"));
    GetParametersByPathResponse first = page(Optional.empty(), 10);
    ssm.deleteParameter(p -> p.name("/p/s19"));
    create("/p/s05", "x");
    create("/p/s25b", "x");

    assertThat(page(Optional.of(first.nextToken()), 10).parameters())
        .extracting(Parameter::name)
        .containsExactly(
            "/p/s20", "/p/s21", "/p/s22", "/p/s23", "/p/s24", "/p/s25", "/p/s25b", "/p/s26",
            "/p/s27", "/p/s28");
  }

  @Test
  void aTokenIsGoodForItsOwnListingOnly() {
    IntStream.range(0, 25).forEach(i -> create("/p/s" + i, "x"));
    String token = page(Optional.empty(), 10).nextToken();

    assertThat(codeOf(() -> ssm.getParametersByPath(p -> p.path("/p/s1").nextToken(token))))
        .isEqualTo("InvalidNextToken");
    assertThat(
            codeOf(
                () -> ssm.getParametersByPath(p -> p.path("/p").recursive(true).nextToken(token))))
        .isEqualTo("InvalidNextToken");
    assertThat(codeOf(() -> ssm.describeParameters(p -> p.nextToken(token))))
        .isEqualTo("InvalidNextToken");
    for (String garbled : List.of("", "!", "AAAA", token.substring(1), token + "A")) {
      assertThat(codeOf(() -> page(Optional.of(garbled), 10)))
          .as(garbled)
          .isEqualTo("InvalidNextToken");
    }
  }

  @Test
  void aBadPathIsRefused() {
    for (String path : List.of("p", "/p//q", "/p q", "/ssm", "")) {
      assertThat(codeOf(() -> list(path, true))).isEqualTo("ValidationException");
    }
  }

  @Test
  void listingsByPathAreFilteredByType() {
    create("/p/a", "x");
    ssm.putParameter(p -> p.name("/p/b").value("x,y").type(ParameterType.STRING_LIST));

    assertThat(
            ssm.getParametersByPath(
                    p -> p.path("/p").parameterFilters(filter("Type", "StringList")))
                .parameters())
        .extracting(Parameter::name)
        .containsExactly("/p/b");
    assertThat(
            codeOf(
                () ->
                    ssm.getParametersByPath(
                        p -> p.path("/p").parameterFilters(filter("Name", "/p")))))
        .isEqualTo("InvalidFilterKey");
  }

  private static ParameterStringFilter filter(String key, String value) {
    return ParameterStringFilter.builder().key(key).values(value).build();
  }

  private Set<String> randomNames(int count) {
    List<String> segments = List.of("p", "q", "images", "latest", "stage", "svc-1", "svc.2", "a_b");
    Set<String> names = new TreeSet<>();
    while (names.size() < count) {
      StringBuilder name = new StringBuilder(random.nextInt(4) == 0 ? "" : "/p/images");
      for (int i = random.nextInt(4); i >= 0; i--) {
        name.append('/').append(segments.get(random.nextInt(segments.size())));
      }
      names.add(name.toString());
    }
    List<String> shuffled = new ArrayList<>(names);
    Collections.shuffle(shuffled, random);
    shuffled.forEach(name -> create(name, "x"));
    return names;
  }

  private List<String> list(String path, boolean recursive) {
    return ssm.getParametersByPathPaginator(p -> p.path(path).recursive(recursive)).stream()
        .flatMap(page -> page.parameters().stream())
        .map(Parameter::name)
        .toList();
  }

  private List<Integer> pageSizes(int maxResults) {
    return ssm.getParametersByPathPaginator(p -> p.path("/p").maxResults(maxResults)).stream()
        .map(page -> page.parameters().size())
        .toList();
  }

  private GetParametersByPathResponse page(Optional<String> token, int maxResults) {
    GetParametersByPathRequest.Builder request =
        GetParametersByPathRequest.builder().path("/p").maxResults(maxResults);
    token.ifPresent(request::nextToken);
    return ssm.getParametersByPath(request.build());
  }
}
