package dev.onward.web.board.view;

import java.util.Arrays;
import java.util.Optional;

/** What people can do from a page. */
public enum CommandForm {
  STOP(
      "stop",
      "Stop",
      "No release is cut, promoted or repaired until somebody resumes it. What is deployed already"
          + " is written to the end.",
      true),
  RESUME("resume", "Resume", "Takes back a stop or a hold. Automation goes on at once.", false),
  FREEZE("freeze", "Freeze", "Nothing is promoted for some time.", false),
  UNFREEZE("unfreeze", "Lift the freeze", "Automation goes on at once.", false),
  HOLD("hold", "Hold", "Nothing is promoted here or repaired until somebody resumes it.", false),
  APPROVE(
      "approve",
      "Approve",
      "Your word that this release may go there, as far as the policy asks for approvals.",
      false),
  WITHDRAW("withdraw", "Withdraw your approval", "The approval counts no longer.", false),
  DEPLOY(
      "deploy",
      "Deploy",
      "Goes past the policy's mode. Every other gate that holds must be passed over in so many"
          + " words. Automation then considers only releases that are cut later.",
      false),
  ROLL_BACK(
      "roll-back",
      "Roll back",
      "Deploys what was there before, passing by what was rejected. It stays rolled back:"
          + " automation then considers only releases that are cut later.",
      true),
  REPAIR(
      "repair",
      "Repair now",
      "Writes the parameters that are not what was deployed. It is no deployment: automation goes"
          + " on as before.",
      false),
  REJECT(
      "reject",
      "Reject the release",
      "It goes nowhere further. Where it is deployed, it stays.",
      true),
  UNREJECT("unreject", "Take the rejection back", "The release may be promoted again.", false),
  CUT("cut", "Cut a release now", "Without waiting until nothing changes any more.", false),
  COMPOSE(
      "compose",
      "Release a single service",
      "First a release is put together: what is in an environment now, with this one service"
          + " replaced. Then you deploy it there.",
      false),
  PUBLISH("publish", "Publish an image", "Writes the label's parameter, as a build does.", false),
  RECONCILE(
      "reconcile",
      "Look now",
      "Looks at the project at once, without waiting for the next round.",
      false);

  private final String word;
  private final String title;
  private final String explains;
  private final boolean grave;

  CommandForm(String word, String title, String explains, boolean grave) {
    this.word = word;
    this.title = title;
    this.explains = explains;
    this.grave = grave;
  }

  public static Optional<CommandForm> of(String word) {
    return Arrays.stream(values()).filter(act -> act.word.equals(word)).findFirst();
  }

  /** As the API's path has it. */
  public String word() {
    return word;
  }

  public String title() {
    return title;
  }

  public String explains() {
    return explains;
  }

  /** Whether it should not be done in passing. */
  public boolean grave() {
    return grave;
  }
}
