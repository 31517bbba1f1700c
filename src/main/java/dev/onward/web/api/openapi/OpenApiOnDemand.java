package dev.onward.web.api.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;

/**
 * Changes nothing. That there is a filter to run for every request ({@code always-run-filter})
 * keeps Quarkus from writing the document out at every start, as JSON and as YAML, which takes a
 * tenth of the start.
 */
@OpenApiFilter(OpenApiFilter.RunStage.RUN)
public class OpenApiOnDemand implements OASFilter {}
