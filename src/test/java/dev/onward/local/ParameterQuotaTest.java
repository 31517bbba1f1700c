package dev.onward.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;

class ParameterQuotaTest extends SsmTestBase {

  @Override
  LocalAwsOptions options() {
    return super.options().withStandardParameterQuota(2);
  }

  @Test
  void noMoreStandardParametersThanTheQuotaAreCreated() {
    create("/a", "x");
    create("/b", "x");

    assertThat(errorOf(() -> create("/c", "x")).errorMessage())
        .startsWith("You have reached the maximum number of standard parameters for this AWS");
    assertThat(codeOf(() -> create("/c", "x"))).isEqualTo("ParameterLimitExceeded");
    assertThat(overwrite("/b", "y")).isEqualTo(2);
  }

  @Test
  void deletingMakesRoom() {
    create("/a", "x");
    create("/b", "x");
    ssm.deleteParameter(p -> p.name("/a"));

    assertThat(create("/c", "x")).isEqualTo(1);
  }

  @Test
  void intelligentTieringGoesOverTheQuotaWithAnAdvancedParameter() {
    create("/a", "x");
    create("/b", "x");

    assertThat(
            ssm.putParameter(
                    p ->
                        p.name("/c")
                            .value("x")
                            .type(ParameterType.STRING)
                            .tier(ParameterTier.INTELLIGENT_TIERING))
                .tier())
        .isEqualTo(ParameterTier.ADVANCED);
  }
}
