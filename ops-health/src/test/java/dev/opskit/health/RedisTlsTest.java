package dev.opskit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.opskit.core.health.HealthCause;
import dev.opskit.core.health.HealthStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RedisTlsTest {
  @TempDir private Path folder;
  private KeyStore keys;
  private LoopbackServer server;

  @BeforeEach
  void start() throws Exception {
    String yesterday =
        LocalDate.now().minusDays(1).format(DateTimeFormatter.ofPattern("uuuu/MM/dd"));
    keys = TestKeys.create(folder, yesterday + " 00:00:00", 10);
    server = new LoopbackServer(TestKeys.serverSocket(keys), RedisTlsTest::pong);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private static void pong(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    while (!"PING".equals(in.readLine())) {
      // The length of the command comes first.
    }
    client.getOutputStream().write("+PONG\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aServerWithATrustedCertificateOfItsNameIsUp() throws Exception {
    RedisCheck check = RedisCheck.at("localhost", server.port()).tls(TestKeys.trusting(keys));
    assertEquals(HealthStatus.UP, check.check(Limit.ample()).status());
  }

  @Test
  void aCertificateOfAnotherNameIsTls() throws Exception {
    RedisCheck check = RedisCheck.at("127.0.0.1", server.port()).tls(TestKeys.trusting(keys));
    assertEquals(HealthCause.TLS, check.check(Limit.ample()).cause());
  }

  @Test
  void aCertificateThatNobodyTrustsIsTls() {
    RedisCheck check =
        RedisCheck.at("localhost", server.port())
            .tls((SSLSocketFactory) SSLSocketFactory.getDefault());
    assertEquals(HealthCause.TLS, check.check(Limit.ample()).cause());
  }
}
