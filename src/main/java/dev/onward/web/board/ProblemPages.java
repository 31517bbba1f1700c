package dev.onward.web.board;

import dev.onward.web.http.ProblemDetail;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;

/** Shows people what went wrong as a page, where programs would get a problem document. */
@Provider
class ProblemPages implements ContainerResponseFilter {
  private final PageLayouts frames;

  ProblemPages(PageLayouts frames) {
    this.frames = frames;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (response.getEntity() instanceof ProblemDetail problem
        && !request.getUriInfo().getPath().startsWith("/api/")) {
      response.setEntity(
          Templates.problem(frames.ofProblem(problem.title()), problem).render(),
          new Annotation[0],
          MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"));
    }
  }
}
