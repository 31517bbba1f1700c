# Onward in an EKS cluster: tables, role, and the association of the role with the service account.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.31, < 7.0"
    }
  }
}

variable "cluster_name" {
  description = "The EKS cluster."
  type        = string
}

variable "namespace" {
  description = "The namespace that Onward is installed in."
  type        = string
  default     = "onward"
}

variable "service_account" {
  description = "The service account that Onward runs as."
  type        = string
  default     = "onward"
}

# The projects of Onward's manifests.
module "onward" {
  source = "../onward"

  projects = {
    storage = {
      environments   = ["stage", "prod"]
      publish_labels = ["latest"]
    }
    catalogue = {
      environments = ["stage", "prod"]
    }
  }

  trust_pod_identity = true
}

# With IAM roles for service accounts instead: trust_service_account in the module, no association, and the annotation
# eks.amazonaws.com/role-arn on the service account.
resource "aws_eks_pod_identity_association" "onward" {
  cluster_name    = var.cluster_name
  namespace       = var.namespace
  service_account = var.service_account
  role_arn        = module.onward.role_arn
}

output "role_arn" {
  value = module.onward.role_arn
}

output "policy" {
  value = module.onward.policy
}

output "environment" {
  value = module.onward.environment
}
