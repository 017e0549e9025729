package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A value that every failure quotes as clients and parsers do, and that must be read nowhere. */
class NothingLeaksTest {
  private static final String CANARY = "hunter2hunter2";

  private final Fixture fixture = new Fixture();
  private final List<String> texts = new ArrayList<>();

  @Test
  void noExceptionAndNoEventHoldsAValue() {
    fixture.provider.gives("1", "{\"username\":\"u\",\"secret\":\"" + CANARY + "\"}");
    credentials();
    texts.add(fixture.secrets.get(Fixture.REF).toString());
    next(ref -> ScriptedProvider.value(ref, "2", CANARY));
    next(ref -> ScriptedProvider.value(ref, "3", "{\"password\":\"" + CANARY));
    next(ref -> ScriptedProvider.value(ref, "4", CANARY.repeat(5000)));
    next(
        ref -> {
          throw new IllegalStateException(CANARY, new IllegalArgumentException(CANARY));
        });
    fixture.pass(Fixture.MAX_STALE);
    next(
        ref -> {
          throw new IllegalStateException(CANARY, new IllegalArgumentException(CANARY));
        });
    next(
        ref -> {
          var e = new SecretException.AccessDenied(ref, "no such right");
          e.addSuppressed(new IllegalStateException(CANARY));
          throw e;
        });
    fixture.eventsAfterClosing().forEach(event -> texts.add(event.toString()));
    credentials();

    assertEquals(18, texts.size(), texts::toString);
    texts.forEach(text -> assertFalse(text.contains("hunter2"), text));
  }

  private void next(SecretProvider answer) {
    fixture.provider.answer = answer;
    fixture.pass(Fixture.TTL);
    credentials();
  }

  private void credentials() {
    try (DatabaseCredentials unexpected = fixture.secrets.databaseCredentials(Fixture.REF)) {
      texts.add(unexpected.toString());
    } catch (SecretException e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      texts.add(trace.toString());
    }
  }
}
