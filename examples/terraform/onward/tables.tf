# Keys and indexes match what Onward verifies before it uses a table; docs/data.md describes the items.

resource "aws_dynamodb_table" "releases" {
  name         = var.releases_table_name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "release_id"

  attribute {
    name = "release_id"
    type = "S"
  }

  attribute {
    name = "project_id"
    type = "S"
  }

  attribute {
    name = "date_created"
    type = "S"
  }

  attribute {
    name = "last_date_deployed"
    type = "S"
  }

  global_secondary_index {
    name            = "project_gsi"
    hash_key        = "project_id"
    range_key       = "date_created"
    projection_type = "ALL"
  }

  global_secondary_index {
    name            = "deployment_gsi"
    hash_key        = "project_id"
    range_key       = "last_date_deployed"
    projection_type = "ALL"
  }

  point_in_time_recovery {
    enabled = true
  }

  deletion_protection_enabled = true

  tags = var.tags
}

resource "aws_dynamodb_table" "state" {
  name         = var.state_table_name
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "pk"
  range_key    = "sk"

  attribute {
    name = "pk"
    type = "S"
  }

  attribute {
    name = "sk"
    type = "S"
  }

  # Idempotency keys expire after a day.
  ttl {
    attribute_name = "expires_at"
    enabled        = true
  }

  point_in_time_recovery {
    enabled = true
  }

  deletion_protection_enabled = true

  tags = var.tags
}
