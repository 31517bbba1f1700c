package dev.onward.web.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onward.access.AccessDeniedException;
import dev.onward.model.InvalidValueException;
import dev.onward.store.RequestContext;
import dev.onward.store.StoreException;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;

/** Does what {@link Idempotent} says. */
@Idempotent
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class IdempotencyInterceptor {
  private final RequestIdFilter ids;
  private final DenialAudit denials;
  private final ObjectMapper json;
  private final RoutingContext routing;

  IdempotencyInterceptor(
      RequestIdFilter ids, DenialAudit denials, ObjectMapper json, RoutingContext routing) {
    this.ids = ids;
    this.denials = denials;
    this.json = json;
    this.routing = routing;
  }

  @AroundInvoke
  Object around(InvocationContext act) throws Exception {
    return RequestContext.calling(ids.current(), () -> settled(act));
  }

  /** Whatever else is thrown is a bug: nobody knows what was done, and the key stays under way. */
  private Object settled(InvocationContext act) throws Exception {
    try {
      Object answer = act.proceed();
      keep(answer);
      return answer;
    } catch (CommandRejectedException e) {
      settle(e);
      throw e;
    } catch (InvalidValueException | NotFoundException | AccessDeniedException | StoreException e) {
      keyed().ifPresent(IdempotentRequest::undone);
      throw e;
    }
  }

  private void keep(Object answer) {
    int status = answer instanceof RestResponse<?> response ? response.getStatus() : 200;
    Object body = answer instanceof RestResponse<?> response ? response.getEntity() : answer;
    keyed().ifPresent(request -> request.answered(status, text(body)));
  }

  private void settle(CommandRejectedException refused) {
    if (refused.isPerhapsDone()) {
      var problem = refused.problem(ExceptionMappers.path(routing)).of(ids.current());
      keyed().ifPresent(request -> request.answered(problem.status(), text(problem)));
      return;
    }
    keyed().ifPresent(IdempotentRequest::undone);
    if (refused.status() == Status.CONFLICT.getStatusCode()) {
      CommandRequestInfo.of(routing)
          .filter(commandInfo -> !commandInfo.dryRun())
          .ifPresent(commandInfo -> denials.contradicted(commandInfo.by(), refused.detail()));
    }
  }

  private Optional<IdempotentRequest> keyed() {
    return CommandRequestInfo.of(routing).flatMap(CommandRequestInfo::keyed);
  }

  /** By the mapper that writes the answer, so these are its very bytes. */
  private String text(Object body) {
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer that cannot be written", e);
    }
  }
}
