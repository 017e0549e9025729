package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthResult;
import dev.opskit.core.health.HealthStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class RedisCheckTest {
  private final List<List<String>> commands = new CopyOnWriteArrayList<>();

  /** Strict: a command that has no reply here ends the connection. */
  private LoopbackServer redis(Map<String, String> replies) {
    return new LoopbackServer(
        client -> {
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
          for (List<String> command = read(in); !command.isEmpty(); command = read(in)) {
            commands.add(command);
            String reply = replies.get(command.get(0));
            if (reply == null) {
              return;
            }
            write(client, reply);
          }
        });
  }

  private static List<String> read(BufferedReader in) throws IOException {
    List<String> arguments = new ArrayList<>();
    String count = in.readLine();
    for (int i = 0; count != null && i < Integer.parseInt(count.substring(1)); i++) {
      int length = Integer.parseInt(in.readLine().substring(1));
      String argument = in.readLine();
      assertEquals(length, argument.getBytes(StandardCharsets.UTF_8).length);
      arguments.add(argument);
    }
    return arguments;
  }

  private static void write(Socket client, String reply) throws IOException {
    client.getOutputStream().write(reply.getBytes(StandardCharsets.UTF_8));
  }

  private static HealthResult ask(LoopbackServer server) {
    return RedisCheck.at("127.0.0.1", server.port()).check(Limit.ample());
  }

  @Test
  void aServerThatAnswersIsUp() throws IOException {
    try (LoopbackServer server = redis(Map.of("PING", "+PONG\r\n"))) {
      assertEquals(HealthStatus.UP, ask(server).status());
      assertEquals(List.of(List.of("PING")), commands);
    }
  }

  @Test
  void userAndPasswordComeFirst() throws IOException {
    char[] password = "pässword".toCharArray();
    try (LoopbackServer server = redis(Map.of("AUTH", "+OK\r\n", "PING", "+PONG\r\n"))) {
      HealthResult result =
          RedisCheck.at("127.0.0.1", server.port())
              .username("probe")
              .password(() -> password)
              .check(Limit.ample());
      assertEquals(HealthStatus.UP, result.status());
      assertEquals(List.of(List.of("AUTH", "probe", "pässword"), List.of("PING")), commands);
      assertEquals("\0".repeat(8), new String(password));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LOADING, LOADING, -LOADING Redis is loading the dataset in memory",
    "LOADING, MASTERDOWN, -MASTERDOWN Link with MASTER is down",
    "AUTH, NOAUTH, -NOAUTH Authentication required.",
    "AUTH, NOPERM, -NOPERM User probe has no permissions to run the 'ping' command",
    "READ_ONLY, MISCONF, -MISCONF Redis is configured to save RDB snapshots",
    "READ_ONLY, READONLY, -READONLY You can't write against a read only replica.",
    "FAILED, BUSY, -BUSY Redis is busy running a script.",
  })
  void theKindOfErrorTellsTheCause(HealthCause cause, String kind, String reply)
      throws IOException {
    try (LoopbackServer server = redis(Map.of("PING", reply + "\r\n"))) {
      HealthResult result = ask(server);
      assertEquals(HealthResult.down(cause, "Redis answered " + kind), result);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-WRONGPASS invalid username-password pair or user is disabled.",
    "-ERR Client sent AUTH but no password is set",
  })
  void aRefusedPasswordIsAuthAndIsNotShown(String reply) throws IOException {
    try (LoopbackServer server = redis(Map.of("AUTH", reply + "\r\n"))) {
      HealthResult result =
          RedisCheck.at("127.0.0.1", server.port())
              .password(() -> "hunter2hunter2".toCharArray())
              .check(Limit.ample());
      assertEquals(HealthCause.AUTH, result.cause());
      assertFalse(result.toString().contains("hunter2"), result.toString());
    }
  }

  @Test
  void aReplicaIsReadOnlyForThoseWhoWantToWrite() throws IOException {
    Map<String, String> replica =
        Map.of(
            "PING", "+PONG\r\n",
            "ROLE", "*5\r\n$5\r\nslave\r\n$9\r\n127.0.0.1\r\n:6379\r\n$9\r\nconnected\r\n:0\r\n");
    try (LoopbackServer server = redis(replica)) {
      assertEquals(HealthStatus.UP, ask(server).status());
      RedisCheck check = RedisCheck.at("127.0.0.1", server.port()).writable();
      assertEquals(HealthCause.READ_ONLY, check.check(Limit.ample()).cause());
    }
    Map<String, String> master =
        Map.of("PING", "+PONG\r\n", "ROLE", "*3\r\n$6\r\nmaster\r\n:0\r\n*0\r\n");
    try (LoopbackServer server = redis(master)) {
      RedisCheck check = RedisCheck.at("127.0.0.1", server.port()).writable();
      assertEquals(HealthStatus.UP, check.check(Limit.ample()).status());
    }
  }

  @Test
  void aServerThatIsNotThereIsRefused() {
    RedisCheck check = RedisCheck.at("127.0.0.1", LoopbackServer.closedPort());
    assertEquals(HealthCause.REFUSED, check.check(Limit.ample()).cause());
  }

  @Test
  void aServerThatAcceptsAndIsSilentIsATimeout() throws IOException {
    try (LoopbackServer server = LoopbackServer.blackHole()) {
      RedisCheck check = RedisCheck.at("127.0.0.1", server.port());
      assertEquals(HealthCause.TIMEOUT, check.check(Limit.of(100)).cause());
    }
  }

  @Test
  void aConnectionThatIsCutIsRefused() throws IOException {
    try (LoopbackServer server = new LoopbackServer(client -> {})) {
      assertEquals(HealthCause.REFUSED, ask(server).cause());
    }
  }

  @Test
  void anotherProtocolIsNamedAsSuch() throws IOException {
    try (LoopbackServer server = redis(Map.of("PING", "HTTP/1.1 400 Bad Request\r\n"))) {
      assertEquals("the answer was not Redis'", ask(server).message());
    }
    try (LoopbackServer server = new LoopbackServer(client -> write(client, "x".repeat(10_000)))) {
      assertEquals(HealthStatus.DOWN, ask(server).status());
    }
  }

  @Test
  void aPortOutOfRangeIsNamed() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> RedisCheck.at("redis", 0));
    assertEquals("port is 0, must be 1 to 65535", refused.getMessage());
  }
}
