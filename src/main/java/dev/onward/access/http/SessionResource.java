package dev.onward.access.http;

import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.OidcSession;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Signing in and out of the board, where an identity provider is configured. */
@Path("/")
public class SessionResource {
  static final String SIGN_OUT = "/sign-out";
  static final String SIGNED_OUT = "/signed-out";

  private final IdentityProvider provider;
  private final OidcSession session;
  private final CurrentIdentityAssociation identity;
  private final CallerResolver callers;

  SessionResource(
      IdentityProvider provider,
      OidcSession session,
      CurrentIdentityAssociation identity,
      CallerResolver callers) {
    this.provider = provider;
    this.session = session;
    this.identity = identity;
    this.callers = callers;
  }

  /** Reached only by those who are signed in; the way there is {@link AuthenticationFilter}'s. */
  @GET
  @Path(OidcTenants.SIGN_IN)
  @Operation(hidden = true)
  public Response signIn() {
    return Response.seeOther(URI.create("/")).build();
  }

  /** Ends the session here and, if the identity provider lets itself be told, there. */
  @POST
  @Path(SIGN_OUT)
  @Operation(hidden = true)
  public Uni<Response> signOut() {
    callers.refusePagesElsewhere();
    if (!provider.isConfigured()) {
      return Uni.createFrom().item(Response.seeOther(URI.create("/")).build());
    }
    return identity
        .getDeferredIdentity()
        .map(person -> leaving(goodbye(person)))
        .call(session::logout);
  }

  @GET
  @Path(SIGNED_OUT)
  @Produces(MediaType.TEXT_HTML)
  @Operation(hidden = true)
  public String signedOut() {
    return """
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Signed out · Onward</title>
        <p>You are signed out. <a href="/">Sign in again</a></p>
        """;
  }

  /**
   * A page may send its forms to Onward alone, and a redirection of the answer counts as part of
   * that; the browser is told to go on by itself instead.
   */
  private static Response leaving(URI next) {
    return Response.ok("Signing out …", MediaType.TEXT_PLAIN_TYPE)
        .header("Refresh", "0; url=" + next)
        .build();
  }

  private URI goodbye(SecurityIdentity person) {
    return metadata(person)
        .map(OidcConfigurationMetadata::getEndSessionUri)
        .map(UriBuilder::fromUri)
        .map(end -> end.queryParam("client_id", provider.client()))
        .map(
            end ->
                person.getPrincipal() instanceof JsonWebToken token
                    ? end.queryParam("id_token_hint", token.getRawToken())
                    : end)
        .map(UriBuilder::build)
        .orElse(URI.create(SIGNED_OUT));
  }

  private static Optional<OidcConfigurationMetadata> metadata(SecurityIdentity person) {
    return Optional.ofNullable(person.getAttribute(OidcUtils.CONFIG_METADATA_ATTRIBUTE));
  }
}
