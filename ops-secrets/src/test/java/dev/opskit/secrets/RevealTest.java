package dev.opskit.secrets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RevealTest {
  private final List<SecretEvent> revealed = new CopyOnWriteArrayList<>();

  @Test
  void eachStringThatIsMadeOfASecretIsToldWithItsReasonAndWhoAsked() {
    Fixture fixture = new Fixture();
    fixture.secrets.onEvent(
        event -> {
          if (event instanceof SecretEvent.Revealed) {
            revealed.add(event);
          }
        });
    fixture.provider.gives("7", "{\"username\":\"u\",\"password\":\"hunter2hunter2\"}");
    fixture
        .secrets
        .rotating(Fixture.REF, SecretType.databaseCredentials())
        .get()
        .password()
        .reveal("the driver");
    try (var own = fixture.secrets.databaseCredentials(Fixture.REF)) {
      own.password().reveal("the pool");
    }
    SecretRef field = Fixture.REF.withField("password");
    fixture.secrets.get(field).reveal("a header");
    fixture.close();

    String here = RevealTest.class.getName();
    assertEquals(
        List.of(
            new SecretEvent.Revealed(Fixture.REF, "7", "the driver", here),
            new SecretEvent.Revealed(Fixture.REF, "7", "the pool", here),
            new SecretEvent.Revealed(field, "7", "a header", here)),
        revealed);
  }
}
