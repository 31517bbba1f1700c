# A stack that rolls out Onward's deployments: its task definitions run the images in the environment's parameters.
# `terraform plan` shows a difference when a release has been promoted, and `terraform apply` deploys it.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.31, < 7.0"
    }
  }
}

variable "project" {
  description = "The project's id in its manifest."
  type        = string
  default     = "storage"
}

variable "environment" {
  description = "The environment whose parameters are read."
  type        = string
  default     = "stage"
}

variable "services" {
  description = "The services that this stack runs, with their requirements. A service without a parameter is an error, not a service without an image."

  type = map(object({
    cpu    = optional(number, 256)
    memory = optional(number, 512)
  }))

  default = {
    archivist = {}
    bags      = { cpu = 512, memory = 1024 }
  }
}

data "aws_ssm_parameters_by_path" "images" {
  path = "/${var.project}/images/${var.environment}"
}

locals {
  # Names end with the service. Images are not secret, and the plan should show them.
  images = zipmap(
    [for name in data.aws_ssm_parameters_by_path.images.names : basename(name)],
    nonsensitive(data.aws_ssm_parameters_by_path.images.values),
  )
}

resource "aws_ecs_task_definition" "service" {
  for_each = var.services

  family                   = "${var.project}-${var.environment}-${each.key}"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = each.value.cpu
  memory                   = each.value.memory

  container_definitions = jsonencode([
    {
      name      = each.key
      image     = local.images[each.key]
      essential = true
    }
  ])
}

output "images" {
  description = "The images that this environment runs after apply."
  value       = { for service in keys(var.services) : service => local.images[service] }
}
