package dev.opskit.verification.architecture.bad.rooms.core;

import java.net.http.HttpClient;

final class KnowsTheHttpClient {
  HttpClient client = HttpClient.newHttpClient();
}
