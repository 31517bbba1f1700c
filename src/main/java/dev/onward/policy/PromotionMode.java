package dev.onward.policy;

/** Whether a policy promotes by itself or only shows what it could promote. */
public enum PromotionMode {
  AUTO,
  MANUAL
}
