package dev.opskit.verification.architecture.bad.rooms.core.http.jdk;

import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import dev.opskit.verification.architecture.bad.rooms.core.AllowedCore;
import java.net.http.HttpClient;

public final class AllowedServer {
  HttpClient client = HttpClient.newHttpClient();
  AllowedCore core = new AllowedCore();

  HttpContext context(HttpServer server) {
    return server.createContext("/");
  }
}
