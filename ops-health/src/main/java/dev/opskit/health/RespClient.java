package dev.opskit.health;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * As much of Redis' protocol (RESP 2) as a health check needs: commands out, and replies of one
 * line, or of which only the first line matters. Confined to one thread.
 */
final class RespClient {
  private static final int MAX_LINE_BYTES = 1024;

  private final InputStream in;
  private final OutputStream out;

  RespClient(Socket socket) throws IOException {
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** Sends one command; each argument is wiped from the buffer after it was sent. */
  void send(byte[]... arguments) throws IOException {
    int size = 16;
    for (byte[] argument : arguments) {
      size += argument.length + 16;
    }
    byte[] buffer = new byte[size];
    int at = put(buffer, 0, ascii("*" + arguments.length + "\r\n"));
    for (byte[] argument : arguments) {
      at = put(buffer, at, ascii("$" + argument.length + "\r\n"));
      at = put(buffer, at, argument);
      at = put(buffer, at, ascii("\r\n"));
    }
    try {
      out.write(buffer, 0, at);
      out.flush();
    } finally {
      Arrays.fill(buffer, (byte) 0);
    }
  }

  /** The first line of a reply, with its type character. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (next == '\n') {
        return line.toString();
      }
      if (line.length() == MAX_LINE_BYTES) {
        throw new IOException("this is not Redis' protocol");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static int put(byte[] buffer, int at, byte[] bytes) {
    System.arraycopy(bytes, 0, buffer, at, bytes.length);
    return at + bytes.length;
  }
}
