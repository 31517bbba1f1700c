package dev.onward.web.api.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.Optional;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.security.SecurityScheme;

/** Adds to the OpenAPI document how callers say who they are, where they must. */
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public class CallerHeaderFilter implements OASFilter {
  private static final String BEARER = "bearer";

  @Override
  public void filterOpenAPI(OpenAPI document) {
    Components components =
        Optional.ofNullable(document.getComponents()).orElseGet(OASFactory::createComponents);
    document.setComponents(
        components.addSecurityScheme(
            BEARER,
            OASFactory.createSecurityScheme()
                .type(SecurityScheme.Type.HTTP)
                .scheme(BEARER)
                .bearerFormat("JWT")
                .description(
                    "A token of the identity provider. Where none is configured, everybody may"
                        + " read, and the setting onward.api.writes says who may act.")));
    document.addSecurityRequirement(OASFactory.createSecurityRequirement().addScheme(BEARER));
    document.addSecurityRequirement(OASFactory.createSecurityRequirement());
  }
}
