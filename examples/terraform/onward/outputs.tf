output "role_arn" {
  description = "For the service account's annotation (IRSA), the Pod Identity association, or a manifest's role_arn."
  value       = aws_iam_role.onward.arn
}

output "policy" {
  description = "What the role may do, as JSON."
  value       = data.aws_iam_policy_document.onward.json
}

output "environment" {
  description = "What Onward must be told of the tables, as environment variables."

  value = {
    ONWARD_RELEASES_TABLE = aws_dynamodb_table.releases.name
    ONWARD_STATE_TABLE    = aws_dynamodb_table.state.name
  }
}
