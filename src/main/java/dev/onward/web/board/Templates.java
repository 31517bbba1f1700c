package dev.onward.web.board;

import dev.onward.web.board.view.AuditPage;
import dev.onward.web.board.view.ComparePage;
import dev.onward.web.board.view.Form;
import dev.onward.web.board.view.HistoryPage;
import dev.onward.web.board.view.OverviewPage;
import dev.onward.web.board.view.OverviewRow;
import dev.onward.web.board.view.PageLayout;
import dev.onward.web.board.view.ProjectPage;
import dev.onward.web.board.view.ReleasePage;
import dev.onward.web.http.ProblemDetail;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The pages' templates; each is checked against what it is given when Onward is built. */
@CheckedTemplate(basePath = "board", defaultName = CheckedTemplate.ELEMENT_NAME)
final class Templates {
  private Templates() {}

  static native TemplateInstance estate(PageLayout frame, OverviewPage page);

  static native TemplateInstance estateRow(OverviewRow row);

  static native TemplateInstance project(PageLayout frame, ProjectPage page);

  /**
   * @param range the one that is shown
   */
  static native TemplateInstance history(PageLayout frame, HistoryPage page, String range);

  static native TemplateInstance release(PageLayout frame, ReleasePage page);

  static native TemplateInstance compare(PageLayout frame, ComparePage page);

  static native TemplateInstance act(PageLayout frame, Form form);

  static native TemplateInstance problem(PageLayout frame, ProblemDetail problem);

  static native TemplateInstance audit(PageLayout frame, AuditPage page);
}
