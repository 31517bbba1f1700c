# Exactly the permissions that Onward needs: no scan, no delete, and no creation or change of tables.

data "aws_caller_identity" "this" {}
data "aws_partition" "this" {}
data "aws_region" "this" {}

locals {
  partition  = data.aws_partition.this.partition
  here       = "${data.aws_region.this.name}:${data.aws_caller_identity.this.account_id}"
  parameters = "arn:${local.partition}:ssm:${local.here}:parameter"

  # Composed here rather than read from the tables, so that a plan shows the complete policy.
  releases = "arn:${local.partition}:dynamodb:${local.here}:table/${var.releases_table_name}"
  state    = "arn:${local.partition}:dynamodb:${local.here}:table/${var.state_table_name}"

  # Environments are written by automation and by people, labels only where people publish through Onward.
  written = flatten([
    for id, project in var.projects : [
      for name in setunion(project.environments, project.publish_labels) : "${id}/images/${name}"
    ]
  ])

  # The provider's ARN ends with the issuer, without https://.
  issuer = var.trust_service_account == null ? "" : split(":oidc-provider/", var.trust_service_account.oidc_provider_arn)[1]
}

data "aws_iam_policy_document" "onward" {
  # Only the requested path is authorised; everything below it is listed with it.
  statement {
    sid       = "ListImages"
    actions   = ["ssm:GetParametersByPath"]
    resources = [for id in keys(var.projects) : "${local.parameters}/${id}/images"]
  }

  statement {
    sid       = "ReadHistory"
    actions   = ["ssm:GetParameterHistory"]
    resources = [for id in keys(var.projects) : "${local.parameters}/${id}/images/*"]
  }

  statement {
    sid       = "WriteEnvironments"
    actions   = ["ssm:PutParameter"]
    resources = [for place in local.written : "${local.parameters}/${place}/*"]
  }

  # A transaction needs the permissions of its writes and checks, and none of its own.
  statement {
    sid = "UseTables"
    actions = [
      "dynamodb:ConditionCheckItem",
      "dynamodb:DescribeTable",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:UpdateItem",
    ]
    resources = [local.releases, local.state]
  }

  statement {
    sid     = "QueryIndexes"
    actions = ["dynamodb:Query"]
    resources = [
      "${local.releases}/index/project_gsi",
      "${local.releases}/index/deployment_gsi",
    ]
  }

  dynamic "statement" {
    for_each = length(var.change_calendars) > 0 ? [var.change_calendars] : []

    content {
      sid       = "AskCalendars"
      actions   = ["ssm:GetCalendarState"]
      resources = statement.value
    }
  }

  dynamic "statement" {
    for_each = length(var.assume_roles) > 0 ? [var.assume_roles] : []

    content {
      sid       = "ReachOtherAccounts"
      actions   = ["sts:AssumeRole"]
      resources = statement.value
    }
  }
}

data "aws_iam_policy_document" "trust" {
  dynamic "statement" {
    for_each = var.trust_pod_identity ? [1] : []

    content {
      sid     = "PodIdentity"
      actions = ["sts:AssumeRole", "sts:TagSession"]

      principals {
        type        = "Service"
        identifiers = ["pods.eks.amazonaws.com"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.trust_service_account == null ? [] : [var.trust_service_account]

    content {
      sid     = "ServiceAccount"
      actions = ["sts:AssumeRoleWithWebIdentity"]

      principals {
        type        = "Federated"
        identifiers = [statement.value.oidc_provider_arn]
      }

      condition {
        test     = "StringEquals"
        variable = "${local.issuer}:sub"
        values   = ["system:serviceaccount:${statement.value.namespace}:${statement.value.name}"]
      }

      condition {
        test     = "StringEquals"
        variable = "${local.issuer}:aud"
        values   = ["sts.amazonaws.com"]
      }
    }
  }

  dynamic "statement" {
    for_each = length(var.trust_roles) > 0 ? [var.trust_roles] : []

    content {
      sid     = "Roles"
      actions = ["sts:AssumeRole"]

      principals {
        type        = "AWS"
        identifiers = statement.value
      }
    }
  }
}

resource "aws_iam_role" "onward" {
  name                 = var.role_name
  description          = "Onward: promotes container images from environment to environment."
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  permissions_boundary = var.permissions_boundary
  tags                 = var.tags

  lifecycle {
    precondition {
      condition     = var.trust_pod_identity || var.trust_service_account != null || length(var.trust_roles) > 0
      error_message = "No principal could assume the role: set trust_pod_identity, trust_service_account or trust_roles."
    }
  }
}

resource "aws_iam_role_policy" "onward" {
  name   = "onward"
  role   = aws_iam_role.onward.id
  policy = data.aws_iam_policy_document.onward.json
}
