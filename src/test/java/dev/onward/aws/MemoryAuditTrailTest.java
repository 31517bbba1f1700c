package dev.onward.aws;

import dev.onward.model.ProjectId;
import dev.onward.reconcile.MemoryAuditTrail;
import dev.onward.store.AuditTrail;
import java.util.HashMap;
import java.util.Map;

/** What other tests take for the audit trail does as the real one does. */
final class MemoryAuditTrailTest extends AuditTrailContract {
  private final Map<ProjectId, AuditTrail> trails = new HashMap<>();

  @Override
  public AuditTrail trail(ProjectId project) {
    return trails.computeIfAbsent(project, id -> new MemoryAuditTrail());
  }
}
