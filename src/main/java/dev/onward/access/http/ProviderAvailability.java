package dev.onward.access.http;

import dev.onward.access.AccessDeniedException;
import io.quarkus.oidc.OIDCException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.AuthenticationFailedException;
import io.vertx.core.VertxException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jose4j.lang.JoseException;

/**
 * Tells a caller who is not believed from a provider that cannot be asked, and logs when that
 * begins and ends. Nobody needs to do anything about it: each request asks again.
 */
@Singleton
class ProviderAvailability {
  private static final Logger LOG = Logger.getLogger(ProviderAvailability.class);

  /** As Quarkus says it, or the body of the answer: a code or a refresh token is not valid. */
  private static final Pattern REFUSAL = Pattern.compile("\\bstatus: ?4\\d\\d|\"invalid_grant\"");

  private final IdentityProvider provider;
  private final AtomicBoolean lost = new AtomicBoolean();

  ProviderAvailability(IdentityProvider provider) {
    this.provider = provider;
  }

  /** What to answer instead; Quarkus's own redirections of a browser stay what they are. */
  Throwable explain(Throwable failure, String tenant) {
    if (failure instanceof AccessDeniedException) {
      return failure;
    }
    if (isUnreachable(failure)) {
      if (lost.compareAndSet(false, true)) {
        LOG.warnf(
            "The identity provider %s cannot be asked (%s): nobody is let in until it can",
            provider.name(), failure.getMessage());
      }
      return AccessDeniedException.unavailable(
          "the identity provider cannot be asked who you are; Onward tries again with every"
              + " request");
    }
    if (failure instanceof AuthenticationCompletionException) {
      return AccessDeniedException.unauthenticated("signing in failed; try it again");
    }
    if (failure instanceof OIDCException) {
      LOG.debugf(failure, "The provider refuses");
      return AccessDeniedException.unauthenticated(
          "the identity provider does not accept what was sent; sign in again, or bring another"
              + " token");
    }
    if ((failure instanceof AuthenticationFailedException || isUnreadable(failure))
        && tenant.equals(OidcTenants.API)) {
      LOG.debugf(failure, "A token is refused");
      return AccessDeniedException.unauthenticated(
          "the bearer token is not accepted: it must be one of the identity provider "
              + provider.name()
              + ", made for Onward, and not expired");
    }
    return failure;
  }

  void regained() {
    if (lost.get() && lost.compareAndSet(true, false)) {
      LOG.infof("The identity provider %s can be asked again", provider.name());
    }
  }

  /**
   * Whether what was sent is so odd that Quarkus stumbles over it: nothing that it throws by
   * intent.
   */
  static boolean isUnreadable(Throwable failure) {
    return failure instanceof RuntimeException
        && !(failure instanceof AuthenticationException)
        && !(failure instanceof AccessDeniedException)
        && !(failure instanceof OIDCException)
        && !isUnreachable(failure);
  }

  /** Nobody has sealed it, or with another key: not one that has come to its end. */
  static boolean isUnreadableSession(Throwable failure) {
    return isUnreadable(failure)
        || (failure instanceof AuthenticationFailedException
            && (failure.getCause() instanceof JoseException
                || failure.getCause() instanceof IllegalArgumentException
                || failure.getCause() instanceof IndexOutOfBoundsException
                || failure.getCause() instanceof AuthenticationCompletionException)
            && !isUnreachable(failure));
  }

  static boolean isUnreachable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if ((cause instanceof OIDCException && !isRefusal(cause))
          || cause instanceof IOException
          || cause instanceof TimeoutException
          || cause instanceof io.smallrye.mutiny.TimeoutException
          || cause instanceof VertxException) {
        return true;
      }
    }
    return false;
  }

  /** It answered, and does not accept what it was asked with. */
  private static boolean isRefusal(Throwable failure) {
    return REFUSAL.matcher(String.valueOf(failure.getMessage())).find();
  }
}
