package dev.opskit.testkit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.opskit.secrets.SecretException;
import dev.opskit.secrets.SecretRef;
import dev.opskit.secrets.SecretType;
import dev.opskit.secrets.SecretValue;
import dev.opskit.testkit.ContractRun;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each breaks one clause, and falls by the test of that clause. */
@Tag("once")
class SecretTypeContractTest {
  private static final String PREFIX = "token:";

  /** What the types read: a token in memory of its own. */
  static final class Token implements AutoCloseable {
    private final Supplier<String> secret;
    private final boolean shown;
    private boolean closed;

    Token(Supplier<String> secret, boolean shown) {
      this.secret = secret;
      this.shown = shown;
    }

    String secret() {
      if (closed) {
        throw new IllegalStateException("closed");
      }
      return secret.get();
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public String toString() {
      return "Token[" + (shown ? secret.get() : "***") + "]";
    }
  }

  /** Correct as it stands; each broken one changes one thing. */
  static class Good implements SecretTypeContract<Token>, SecretType<Token> {
    @Override
    public SecretType<Token> type() {
      return this;
    }

    @Override
    public byte[] valid() {
      return (PREFIX + "hunter2hunter2").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] another() {
      return (PREFIX + "correct horse").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<byte[]> malformed() {
      return List.of(
          "tokne:hunter2hunter2".getBytes(StandardCharsets.UTF_8),
          "hunter2hunter2".getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String secret(Token read) {
      return read.secret();
    }

    @Override
    public Token read(SecretRef ref, SecretValue value) {
      String secret = text(ref, value);
      return new Token(() -> secret, false);
    }

    final String text(SecretRef ref, SecretValue value) {
      String text = whole(value);
      if (!text.startsWith(PREFIX)) {
        throw refusal(ref, text);
      }
      return text.substring(PREFIX.length());
    }

    static String whole(SecretValue value) {
      return value.withChars(String::new);
    }

    RuntimeException refusal(SecretRef ref, String text) {
      return new SecretException.Malformed(ref, "does not begin with " + PREFIX);
    }
  }

  /** As right: its message is not shown. */
  static final class GoodWithAnExceptionOfItsOwn extends Good {
    @Override
    RuntimeException refusal(SecretRef ref, String text) {
      return new IllegalArgumentException("no token: " + text);
    }
  }

  static final class GivesNull extends Good {
    @Override
    @SuppressWarnings("NullAway")
    public Token read(SecretRef ref, SecretValue value) {
      return null;
    }
  }

  static final class MakesItUp extends Good {
    private int count;

    @Override
    public synchronized Token read(SecretRef ref, SecretValue value) {
      String made = text(ref, value) + ++count;
      return new Token(() -> made, false);
    }
  }

  static final class RemembersTheFirst extends Good {
    private @Nullable Token first;

    @Override
    public synchronized Token read(SecretRef ref, SecretValue value) {
      if (first == null) {
        first = super.read(ref, value);
      }
      text(ref, value);
      String secret = first.secret();
      return new Token(() -> secret, false);
    }
  }

  static final class KeepsTheValue extends Good {
    @Override
    public Token read(SecretRef ref, SecretValue value) {
      text(ref, value);
      return new Token(() -> text(ref, value), false);
    }
  }

  static final class SharesWhatItReads extends Good {
    private final Map<String, Token> known = new ConcurrentHashMap<>();

    @Override
    public Token read(SecretRef ref, SecretValue value) {
      return known.computeIfAbsent(text(ref, value), secret -> new Token(() -> secret, false));
    }
  }

  static final class TakesAnything extends Good {
    @Override
    public Token read(SecretRef ref, SecretValue value) {
      String text = whole(value);
      return new Token(() -> text, false);
    }
  }

  static final class BlamesTheStore extends Good {
    @Override
    RuntimeException refusal(SecretRef ref, String text) {
      return new SecretException.Unavailable(ref, "try later");
    }
  }

  static final class QuotesWhatItRefuses extends Good {
    @Override
    RuntimeException refusal(SecretRef ref, String text) {
      return new SecretException.Malformed(ref, "no token: " + text);
    }
  }

  static final class ShowsWhatItRead extends Good {
    @Override
    public Token read(SecretRef ref, SecretValue value) {
      String secret = text(ref, value);
      return new Token(() -> secret, true);
    }
  }

  static final class ReadsByWayOfAField extends Good {
    private volatile String last = "";

    @Override
    public Token read(SecretRef ref, SecretValue value) {
      String mine = text(ref, value);
      last = mine;
      // Leaves others the time to come in between.
      for (int i = 0; i < 1_000 && last.equals(mine); i++) {
        Thread.yield();
      }
      String secret = last;
      return new Token(() -> secret, false);
    }
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        arguments(GivesNull.class, "whatIsOfTheTypeIsRead"),
        arguments(MakesItUp.class, "whatIsOfTheTypeIsRead"),
        arguments(RemembersTheFirst.class, "anotherVersionHasAnotherSecret"),
        arguments(KeepsTheValue.class, "whatWasReadDoesNotNeedTheValueAnyMore"),
        arguments(SharesWhatItReads.class, "theEndOfOneVersionIsNotTheEndOfAnother"),
        arguments(TakesAnything.class, "whatIsNotOfTheTypeIsRefused"),
        arguments(BlamesTheStore.class, "whatIsNotOfTheTypeIsRefused"),
        arguments(QuotesWhatItRefuses.class, "noRefusalShowsTheSecret"),
        arguments(ShowsWhatItRead.class, "theTextOfWhatWasReadDoesNotShowTheSecret"),
        arguments(ReadsByWayOfAField.class, "valuesThatAreReadAtTheSameTimeAreNotMixed"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void rejects(Class<?> broken, String byTest) {
    ContractRun.assertRejects(broken, byTest);
  }

  @Test
  void acceptsTypesWithoutFault() {
    assertEquals(List.of(), ContractRun.failures(Good.class));
    assertEquals(List.of(), ContractRun.failures(GoodWithAnExceptionOfItsOwn.class));
  }
}
