/** The manifests for Kubernetes and the Helm chart, rendered and judged as a cluster would. */
package dev.onward.cluster;
