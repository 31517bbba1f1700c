package dev.onward.manifest;

import static dev.onward.manifest.reader.ManifestTexts.messages;
import static dev.onward.manifest.reader.ManifestTexts.readOnly;

import dev.onward.policy.Gate;
import java.util.List;

/** Manifests for tests that are about nothing but one policy's gates, which begin on line 8. */
public final class GateTexts {
  private static final String PLACE = ": p.environments[1].promotion.gates";

  private GateTexts() {}

  public static String fromEnvironment(String gates) {
    return manifest("stage", gates);
  }

  public static String fromLabel(String gates) {
    return manifest("latest", gates);
  }

  /** The gates of a policy whose source is an environment. */
  public static List<Gate> gates(String text) {
    return readOnly("p", "a.yaml", fromEnvironment(text))
        .environments()
        .getLast()
        .promotion()
        .orElseThrow()
        .gates();
  }

  /** What people are told of them; {@code error: 8.soak: found …} is short for the full place. */
  public static List<String> problems(String text) {
    return messages("a.yaml", fromEnvironment(text)).stream().map(GateTexts::shortened).toList();
  }

  public static String shortened(String message) {
    return message.replace("a.yaml:", "").replace(PLACE, "");
  }

  private static String manifest(String from, String gates) {
    return """
        p:
          environments:
            - id: stage
            - id: prod
              promotion:
                from: %s
                gates:
        """
            .formatted(from)
        + gates.indent(12);
  }
}
