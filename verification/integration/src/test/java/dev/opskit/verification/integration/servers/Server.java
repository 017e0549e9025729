package dev.opskit.verification.integration.servers;

import com.sun.net.httpserver.HttpServer;
import dev.opskit.core.http.jdk.JdkOpsServer;
import dev.opskit.core.http.jdk.JdkRequestFilter;
import dev.opskit.health.Health;
import dev.opskit.metrics.OpsMetrics;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.context.ConfigurableApplicationContext;

/** The servers that opskit has an adapter for, each with the same service. */
enum Server {
  JDK {
    @Override
    Running start() throws Exception {
      Ops ops = Ops.start();
      ExecutorService threads = Executors.newCachedThreadPool();
      HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
      server.setExecutor(threads);
      server
          .createContext("/", JdkService::handle)
          .getFilters()
          .add(JdkRequestFilter.of(Ops.ROUTES, ops.observer()));
      server.start();
      JdkOpsServer management = JdkOpsServer.builder().mount(ops.routes()).start();
      return new Running(
          server.getAddress().getPort(),
          management.port(),
          List.of("fine", "busy", "fails"),
          ops.metrics(),
          ops.health(),
          () -> {
            server.stop(0);
            threads.shutdownNow();
            management.close();
            ops.close();
          });
    }
  },

  TOMCAT {
    @Override
    Running start() throws Exception {
      Ops ops = Ops.start();
      Path folder = Files.createTempDirectory("tomcat");
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(folder.toString());
      tomcat.setHostname("127.0.0.1");
      tomcat.setPort(0);
      tomcat.getConnector().setProperty("address", "127.0.0.1");
      Context context = tomcat.addContext("", folder.toString());
      context.addServletContainerInitializer(
          (classes, started) -> {
            // As in every server.xml; without one, no filter is asked of a path that is unknown.
            started.addServlet("default", new DefaultServlet()).addMapping("/");
            ServletService.addTo(started, ops);
          },
          null);
      tomcat.start();
      int port = tomcat.getConnector().getLocalPort();
      return new Running(
          port,
          port,
          ALL,
          ops.metrics(),
          ops.health(),
          () -> {
            tomcat.stop();
            tomcat.destroy();
            ops.close();
          });
    }
  },

  JETTY {
    @Override
    Running start() throws Exception {
      Ops ops = Ops.start();
      org.eclipse.jetty.server.Server server = new org.eclipse.jetty.server.Server();
      ServerConnector connector = new ServerConnector(server);
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      ServletContextHandler context = new ServletContextHandler("/");
      context.addServletContainerInitializer(
          (classes, started) -> ServletService.addTo(started, ops));
      server.setHandler(context);
      server.start();
      return new Running(
          connector.getLocalPort(),
          connector.getLocalPort(),
          ALL,
          ops.metrics(),
          ops.health(),
          () -> {
            server.stop();
            ops.close();
          });
    }
  },

  SPRING_BOOT {
    @Override
    Running start() {
      ConfigurableApplicationContext context = SpringService.start();
      int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
      return new Running(
          port,
          port,
          ALL,
          context.getBean(OpsMetrics.class),
          context.getBean(Health.class),
          context);
    }
  };

  private static final List<String> ALL = List.of("fine", "busy", "fails", "async", "late");

  abstract Running start() throws Exception;
}
