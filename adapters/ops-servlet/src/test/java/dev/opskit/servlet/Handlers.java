package dev.opskit.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.UnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A service that ends its requests in every way that the specification knows. */
final class Handlers {
  static final int SHORT_MILLIS = 50;

  private Handlers() {}

  interface Handler {
    void handle(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException;
  }

  static void mount(ServletContext context, String pattern, Handler handler) {
    HttpServlet servlet =
        new HttpServlet() {
          private static final long serialVersionUID = 1;

          @Override
          protected void service(HttpServletRequest request, HttpServletResponse response)
              throws IOException, ServletException {
            handler.handle(request, response);
          }
        };
    ServletRegistration.Dynamic registration = context.addServlet("at " + pattern, servlet);
    registration.setAsyncSupported(true);
    registration.addMapping(pattern);
  }

  static void mountAll(ServletContext context) {
    mount(context, "", (request, response) -> response.setStatus(200));
    mount(context, "/ok/*", (request, response) -> response.getOutputStream().print("fine"));
    mount(context, "/length", (request, response) -> response.setContentLength(4));
    mount(context, "/sendError", (request, response) -> response.sendError(409));
    mount(context, "/throws", (request, response) -> fail());
    mount(
        context,
        "/error",
        (request, response) -> {
          throw new StackOverflowError("expected");
        });
    mount(
        context,
        "/status503",
        (request, response) -> {
          response.setStatus(503);
          fail();
        });
    mount(context, "/away", (request, response) -> unavailable(new UnavailableException("x", 1)));
    mount(context, "/gone", (request, response) -> unavailable(new UnavailableException("x")));
    mount(
        context,
        "/reset",
        (request, response) -> {
          response.reset();
          response.setStatus(201);
        });
    mount(
        context,
        "/resetThrows",
        (request, response) -> {
          response.reset();
          fail();
        });
    mount(
        context,
        "/halfway",
        (request, response) -> {
          begin(response);
          fail();
        });
    mount(
        context,
        "/forward",
        (request, response) -> request.getRequestDispatcher("/ok/1").forward(request, response));
    mount(
        context,
        "/forwardCaught",
        (request, response) -> {
          try {
            request.getRequestDispatcher("/throws").forward(request, response);
          } catch (IllegalStateException expected) {
            response.setStatus(202);
          }
        });
    mount(
        context,
        "/route/*",
        (request, response) -> request.setAttribute(OpsFilter.ROUTE, "/route/{id}"));
    mountAsync(context);
  }

  private static void mountAsync(ServletContext context) {
    mount(
        context,
        "/async/elsewhere",
        (request, response) -> {
          AsyncContext async = request.startAsync();
          async.start(
              () -> {
                response.setStatus(202);
                async.complete();
              });
        });
    mount(
        context,
        "/async/atOnce",
        (request, response) -> {
          AsyncContext async = request.startAsync();
          response.setStatus(202);
          async.complete();
        });
    mount(
        context,
        "/async/sendError",
        (request, response) -> {
          AsyncContext async = request.startAsync();
          async.start(
              () -> {
                try {
                  response.sendError(409);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
                async.complete();
              });
        });
    mount(context, "/async/dispatch", (request, r) -> request.startAsync().dispatch("/ok/1"));
    mount(context, "/async/throws", (request, r) -> request.startAsync().dispatch("/throws"));
    mount(context, "/async/halfway", (request, r) -> request.startAsync().dispatch("/halfway"));
    mount(
        context,
        "/async/again",
        (request, response) -> {
          AsyncContext async = request.startAsync();
          if (request.getDispatcherType() == DispatcherType.REQUEST) {
            async.dispatch();
          } else {
            async.start(
                () -> {
                  response.setStatus(203);
                  async.complete();
                });
          }
        });
    mount(
        context,
        "/async/startThrows",
        (request, response) -> {
          request.startAsync();
          fail();
        });
    mount(
        context,
        "/async/timeout",
        (request, response) -> request.startAsync().setTimeout(SHORT_MILLIS));
    mount(
        context,
        "/async/timeoutHandled",
        (request, response) -> {
          AsyncContext async = request.startAsync();
          async.addListener(new AnswersTheTimeout());
          async.setTimeout(SHORT_MILLIS);
        });
  }

  static void begin(HttpServletResponse response) throws IOException {
    response.getOutputStream().print("half");
    response.flushBuffer();
  }

  private static void fail() {
    throw new IllegalStateException("expected");
  }

  private static void unavailable(UnavailableException e) throws UnavailableException {
    throw e;
  }

  private static final class AnswersTheTimeout implements AsyncListener {
    @Override
    public void onTimeout(AsyncEvent event) {
      AsyncContext async = event.getAsyncContext();
      ((HttpServletResponse) async.getResponse()).setStatus(504);
      async.complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
