package dev.onward.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.onward.access.DeniedException;
import dev.onward.model.InvalidValueException;
import dev.onward.reconcile.CurrentRequest;
import dev.onward.reconcile.StoreException;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;

/** Does what {@link Accountable} says. */
@Accountable
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class Accounting {
  private final RequestIds ids;
  private final Refusals refusals;
  private final ObjectMapper json;
  private final RoutingContext routing;

  Accounting(RequestIds ids, Refusals refusals, ObjectMapper json, RoutingContext routing) {
    this.ids = ids;
    this.refusals = refusals;
    this.json = json;
    this.routing = routing;
  }

  @AroundInvoke
  Object around(InvocationContext act) throws Exception {
    return CurrentRequest.calling(ids.current(), () -> settled(act));
  }

  /** Whatever else is thrown is a bug: nobody knows what was done, and the key stays under way. */
  private Object settled(InvocationContext act) throws Exception {
    try {
      Object answer = act.proceed();
      keep(answer);
      return answer;
    } catch (RefusedRequest e) {
      settle(e);
      throw e;
    } catch (InvalidValueException | NotFoundHere | DeniedException | StoreException e) {
      keyed().ifPresent(KeyedRequest::undone);
      throw e;
    }
  }

  private void keep(Object answer) {
    int status = answer instanceof RestResponse<?> response ? response.getStatus() : 200;
    Object body = answer instanceof RestResponse<?> response ? response.getEntity() : answer;
    keyed().ifPresent(request -> request.answered(status, text(body)));
  }

  private void settle(RefusedRequest refused) {
    if (refused.isPerhapsDone()) {
      var problem = refused.problem(Problems.path(routing)).of(ids.current());
      keyed().ifPresent(request -> request.answered(problem.status(), text(problem)));
      return;
    }
    keyed().ifPresent(KeyedRequest::undone);
    if (refused.status() == Status.CONFLICT.getStatusCode()) {
      Account.of(routing)
          .filter(account -> !account.dryRun())
          .ifPresent(account -> refusals.contradicted(account.by(), refused.detail()));
    }
  }

  private Optional<KeyedRequest> keyed() {
    return Account.of(routing).flatMap(Account::keyed);
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
