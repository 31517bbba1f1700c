variable "projects" {
  description = "The projects of this account, by id: the environments that Onward writes, and the labels that people publish under through Onward (not those that only builds write)."

  type = map(object({
    environments   = set(string)
    publish_labels = optional(set(string), [])
  }))

  validation {
    condition     = length(var.projects) > 0 && alltrue([for project in var.projects : length(project.environments) > 0])
    error_message = "projects must name at least one project, and each project at least one environment."
  }

  validation {
    condition = alltrue(flatten([
      for id, project in var.projects : [
        for segment in concat([id], tolist(project.environments), tolist(project.publish_labels)) :
        can(regex("^[A-Za-z0-9_.-]+$", segment))
      ]
    ]))
    error_message = "Ids of projects, environments and labels consist of letters, digits, '_', '.' and '-'; a wildcard would permit more than it seems to."
  }
}

variable "releases_table_name" {
  description = "As in onward.releases-table. One table for all projects; for one table per project, use the module once per project."
  type        = string
  default     = "onward-releases"
}

variable "state_table_name" {
  description = "As in onward.state-table."
  type        = string
  default     = "onward-state"
}

variable "role_name" {
  description = "The name of the role that Onward runs with, or assumes for its projects in this account."
  type        = string
  default     = "onward"
}

variable "permissions_boundary" {
  description = "The ARN of a permissions boundary for the role, if the organisation requires one."
  type        = string
  default     = null
}

variable "trust_pod_identity" {
  description = "Let pods assume the role through EKS Pod Identity. An association selects the pods: see ../cluster."
  type        = bool
  default     = false
}

variable "trust_service_account" {
  description = "Let a service account assume the role through IAM roles for service accounts (IRSA)."

  type = object({
    oidc_provider_arn = string
    namespace         = string
    name              = string
  })

  default = null
}

variable "trust_roles" {
  description = "ARNs of roles that may assume this one: Onward's own role, if this role is in another account (role_arn)."
  type        = set(string)
  default     = []
}

variable "change_calendars" {
  description = "ARNs of the change calendars used in policies."
  type        = set(string)
  default     = []
}

variable "assume_roles" {
  description = "ARNs of the roles used as role_arn in manifests."
  type        = set(string)
  default     = []
}

variable "tags" {
  description = "Tags of all resources."
  type        = map(string)
  default     = {}
}
