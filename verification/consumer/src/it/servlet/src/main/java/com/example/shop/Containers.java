package com.example.shop;

import dev.opskit.core.http.RequestObserver;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Starts the service as its users would. */
public final class Containers {
  private Containers() {}

  public record Started(int port, AutoCloseable stop) implements AutoCloseable {
    @Override
    public void close() throws Exception {
      stop.close();
    }
  }

  public static Started tomcat(RequestObserver observer) throws Exception {
    Path folder = Files.createTempDirectory("tomcat");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", folder.toString());
    context.addServletContainerInitializer(
        (classes, started) -> Orders.addTo(started, observer), null);
    tomcat.start();
    return new Started(
        tomcat.getConnector().getLocalPort(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }

  public static Started jetty(RequestObserver observer) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServletContainerInitializer((classes, started) -> Orders.addTo(started, observer));
    server.setHandler(context);
    server.start();
    return new Started(connector.getLocalPort(), server::stop);
  }
}
