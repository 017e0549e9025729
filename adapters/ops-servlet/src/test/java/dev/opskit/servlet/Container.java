package dev.opskit.servlet;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The servlet containers that the adapter is held against. */
enum Container {
  TOMCAT {
    @Override
    Running start(Consumer<ServletContext> service) throws Exception {
      LOGS.setLevel(Level.OFF);
      Path folder = Files.createTempDirectory("tomcat");
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(folder.toString());
      tomcat.setHostname("127.0.0.1");
      tomcat.setPort(0);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      Context context = tomcat.addContext("", folder.toString());
      Consumer<ServletContext> withDefault =
          started -> {
            started.addServlet("default", new DefaultServlet()).addMapping("/");
            service.accept(started);
          };
      context.addServletContainerInitializer(initializer(withDefault), null);
      ErrorPage page = new ErrorPage();
      page.setErrorCode(TEAPOT);
      page.setLocation(ERROR_PAGE);
      context.addErrorPage(page);
      tomcat.start();
      return new Running(
          tomcat.getConnector().getLocalPort(),
          () -> {
            tomcat.stop();
            tomcat.destroy();
          });
    }
  },

  JETTY {
    @Override
    Running start(Consumer<ServletContext> service) throws Exception {
      Server server = new Server();
      ServerConnector connector = new ServerConnector(server, 1, 1);
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      ServletContextHandler context = new ServletContextHandler("/");
      context.addServletContainerInitializer(initializer(service));
      ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
      pages.addErrorPage(TEAPOT, ERROR_PAGE);
      context.setErrorHandler(pages);
      server.setHandler(context);
      server.start();
      return new Running(connector.getLocalPort(), server::stop);
    }
  };

  /** The status for which the container dispatches to the error page of the service. */
  static final int TEAPOT = 418;

  static final String ERROR_PAGE = "/error-page";

  /** Kept, or its level would be lost with it. */
  private static final Logger LOGS = Logger.getLogger("org.apache");

  /** A started container; whoever started it closes it. */
  record Running(int port, AutoCloseable stop) implements AutoCloseable {
    @Override
    public void close() throws Exception {
      stop.close();
    }
  }

  /** Starts on a free port of the loopback interface. */
  abstract Running start(Consumer<ServletContext> service) throws Exception;

  private static ServletContainerInitializer initializer(Consumer<ServletContext> service) {
    return (classes, context) -> service.accept(context);
  }
}
