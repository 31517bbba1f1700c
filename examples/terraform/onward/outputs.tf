output "role_arn" {
  description = "For the service account's annotation (IRSA), the Pod Identity association, or a manifest's role_arn."
  value       = aws_iam_role.onward.arn
}

output "policy" {
  description = "The role's policy, as JSON."
  value       = data.aws_iam_policy_document.onward.json
}

output "environment" {
  description = "Onward's settings for the tables, as environment variables."

  value = {
    ONWARD_RELEASES_TABLE = aws_dynamodb_table.releases.name
    ONWARD_STATE_TABLE    = aws_dynamodb_table.state.name
  }
}
