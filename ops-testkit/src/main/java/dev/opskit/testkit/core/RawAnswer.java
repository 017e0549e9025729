package dev.opskit.testkit.core;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server sent to one request until it closed the connection, byte by byte: a client library
 * would hide a body that must not be there, and an answer that was cut off.
 */
record RawAnswer(int status, List<String> head, byte[] body, boolean isWhole) {
  private static final int PATIENCE_MILLIS = 30_000;

  /** Sends a request line, headers and a body, all as they are. */
  static RawAnswer to(RunningServer server, String requestLine, String headers, String body)
      throws IOException {
    return exchange(server, requestLine, "Connection: close\r\n" + headers, body);
  }

  /** A request on a connection that the server would keep; so it has to cut it off to end it. */
  static RawAnswer keptOpen(RunningServer server, String requestLine) throws IOException {
    return exchange(server, requestLine, "", "");
  }

  private static RawAnswer exchange(
      RunningServer server, String requestLine, String headers, String body) throws IOException {
    String request = requestLine + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n" + body;
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      boolean isHead = requestLine.startsWith("HEAD ");
      return parse(everything(socket.getInputStream()), isHead);
    }
  }

  /** The first header of that name, null if there is none. */
  @Nullable String header(String name) {
    String start = name + ":";
    return head.stream()
        .filter(line -> line.regionMatches(true, 0, start, 0, start.length()))
        .map(line -> line.substring(start.length()).strip())
        .findFirst()
        .orElse(null);
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static byte[] everything(InputStream in) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    try {
      for (int n = in.read(part); n >= 0; n = in.read(part)) {
        all.write(part, 0, n);
      }
    } catch (SocketException reset) {
      all.flush();
    }
    return all.toByteArray();
  }

  private static RawAnswer parse(byte[] all, boolean isHead) throws IOException {
    String text = new String(all, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (!text.startsWith("HTTP/1.1 ") || end < 0) {
      throw new IOException("no answer in HTTP/1.1: '" + text + "'");
    }
    List<String> head = text.substring(0, end).lines().toList();
    byte[] rest = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
    RawAnswer raw = new RawAnswer(Integer.parseInt(text.substring(9, 12)), head, rest, true);
    String length = raw.header("content-length");
    if (isHead) {
      return raw;
    }
    if ("chunked".equalsIgnoreCase(raw.header("transfer-encoding"))) {
      return unchunked(raw);
    }
    boolean isWhole = length == null || rest.length >= Integer.parseInt(length);
    return new RawAnswer(raw.status, head, rest, isWhole);
  }

  private static RawAnswer unchunked(RawAnswer raw) throws IOException {
    InputStream in = new ByteArrayInputStream(raw.body);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      StringBuilder size = new StringBuilder();
      int next = in.read();
      for (; next >= 0 && next != '\n'; next = in.read()) {
        size.append((char) next);
      }
      int length = next < 0 ? -1 : Integer.parseInt(size.toString().strip(), 16);
      byte[] chunk = length <= 0 ? new byte[0] : in.readNBytes(length);
      body.writeBytes(chunk);
      if (length <= 0 || chunk.length < length || in.skip(2) < 2) {
        return new RawAnswer(raw.status, raw.head, body.toByteArray(), length == 0);
      }
    }
  }
}
