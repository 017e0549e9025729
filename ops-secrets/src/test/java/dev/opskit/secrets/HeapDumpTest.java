package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Looks through a dump of all that lives on the heap. The passwords are computed when they are
 * needed, so that the test does not hold what it looks for.
 */
@Timeout(120)
class HeapDumpTest {
  private static final int ROTATIONS = 10;
  private static final int LENGTH = 64;
  private static final SecretRef REF = Fixture.REF;

  @TempDir Path folder;
  private final Fixture fixture = new Fixture();
  private final List<Object> kept = new ArrayList<>();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void afterTenRotationsNoPasswordIsOnTheHeap() throws Exception {
    rotate();
    assertEquals(List.of(), found(dump()));
  }

  @Test
  void whatSomebodyKeepsIsFoundInEachForm() throws Exception {
    kept.add(password(2));
    kept.add(password(3).toCharArray());
    kept.add(password(4).getBytes(StandardCharsets.UTF_8));
    kept.add("\u20ac" + password(5));
    rotate();
    assertEquals(List.of(2, 3, 4, 5), found(dump()));
    assertNotEquals(List.of(), kept);
  }

  /** Reads, lends, reveals and logs in with each of them, as a service does. */
  private void rotate() {
    int[] generation = {0};
    fixture.provider.answer =
        ref -> SecretValue.take(REF, "v" + generation[0], secret(generation[0]));
    var value = fixture.secrets.rotating(REF, SecretType.value());
    var login = fixture.secrets.rotating(REF, SecretType.databaseCredentials());
    var fields = fixture.secrets.rotating(REF, SecretType.keyValues());
    var field = fixture.secrets.rotating(REF.withField("password"), SecretType.value());
    for (; generation[0] <= ROTATIONS; generation[0]++) {
      fixture.pass(Fixture.TTL);
      assertEquals("v" + generation[0], value.snapshot().version());
      assertTrue(value.get().reveal("a test").contains("password"));
      assertTrue(value.get().<Boolean>withChars(chars -> chars.length > LENGTH));
      assertTrue(field.get().<Boolean>withBytes(bytes -> bytes.length == LENGTH));
      assertEquals(LENGTH, fields.get().get("password").reveal("a test").length());
      int used =
          login.<Integer, IllegalStateException>logIn(
              version -> version.value().password().reveal("a driver").length(),
              refused -> true,
              Fixture.RETRY);
      assertEquals(LENGTH, used);
    }
  }

  private static byte[] secret(int generation) {
    return ("{\"username\":\"u\",\"password\":\"" + password(generation) + "\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String password(int generation) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((byte) generation);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] dump() throws IOException {
    Path file = folder.resolve("heap.hprof");
    // Only what is alive: the collector runs before it.
    ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
        .dumpHeap(file.toString(), true);
    return Files.readAllBytes(file);
  }

  /** The generations whose password is in it, in UTF-8 and Latin-1, or in UTF-16. */
  private static List<Integer> found(byte[] dump) {
    List<Integer> found = new ArrayList<>();
    for (int generation = 0; generation <= ROTATIONS; generation++) {
      String password = password(generation);
      if (contains(dump, password.getBytes(StandardCharsets.UTF_8))
          || contains(dump, password.getBytes(StandardCharsets.UTF_16LE))
          || contains(dump, password.getBytes(StandardCharsets.UTF_16BE))) {
        found.add(generation);
      }
    }
    return found;
  }

  private static boolean contains(byte[] dump, byte[] wanted) {
    for (int at = 0; at <= dump.length - wanted.length; at++) {
      if (dump[at] == wanted[0]
          && Arrays.equals(dump, at, at + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}
