package dev.onward.board;

import dev.onward.api.ProblemDetail;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages' templates; each is checked against what it is given when Onward is built. */
@CheckedTemplate(basePath = "board", defaultName = CheckedTemplate.ELEMENT_NAME)
final class Templates {
  private Templates() {}

  static native TemplateInstance estate(Frame frame, EstatePage page);

  static native TemplateInstance estateRow(EstateRow row);

  static native TemplateInstance project(Frame frame, ProjectPage page);

  /**
   * @param range the one that is shown
   */
  static native TemplateInstance history(Frame frame, HistoryPage page, String range);

  static native TemplateInstance release(Frame frame, ReleasePage page);

  static native TemplateInstance compare(Frame frame, ComparePage page);

  static native TemplateInstance act(Frame frame, Form form);

  static native TemplateInstance problem(Frame frame, ProblemDetail problem);

  static native TemplateInstance audit(Frame frame, AuditPage page);
}
