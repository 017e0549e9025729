package dev.opskit.core.correlation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of the W3C's test suite for trace context, as far as they concern the state. */
class TraceStateTest {
  private static final String KEY_256 = "a" + "z".repeat(255);
  private static final String TENANT_241 = "t".repeat(241);
  private static final String SYSTEM_14 = "v".repeat(14);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "foo=1",
        "foo=1,bar=2",
        "foo=1,bar=2,baz=3",
        "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE",
        "fw529a3039@dt=FfffffffFf",
        "0tenant@system=1",
        "3digit=1",
        "a-_*/0123456789bcdefghijklmnopqrstuvwxyz=1",
        "a-_*/0123456789@a-_*/0123456=1",
        "foo= !\"#$%&'()*+-./0123456789:;<>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcxyz{|}~",
      })
  void aValidStateIsPassedOnAsItIs(String state) {
    assertEquals(state, TraceState.accept(state));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "foo=1 \t , \t bar=2|foo=1,bar=2",
        "` foo=1`|foo=1",
        "`\tfoo=1\t`|foo=1",
        "foo=1,|foo=1",
        "foo=1,,,bar=2|foo=1,bar=2",
        "foo=1, ,bar=2|foo=1,bar=2",
        "foo=1,foo=1|foo=1",
        "foo=1,bar=2,foo=3|foo=1,bar=2",
      })
  void spaceEmptyMembersAndKeysThatComeAgainAreLeftOut(String state, String passedOn) {
    assertEquals(passedOn, TraceState.accept(state));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        ",",
        "foo",
        "foo=",
        "=1",
        "foo =1",
        "FOO=1",
        "foo.bar=1",
        "-foo=1",
        "foo@=1,bar=2",
        "@foo=1,bar=2",
        "foo@@bar=1,bar=2",
        "foo@bar@baz=1,bar=2",
        "foo@0bar=1",
        "foo=1=2",
        "foo=b\u00e4r",
        "foo=\u007f",
        "foo=a\tb",
        "foo=a\r\nb",
        "bar=2,f oo=1",
      })
  void oneMemberThatIsNotValidDropsTheWhole(String state) {
    assertNull(TraceState.accept(state));
  }

  @Test
  void keysAndValuesHaveALongestLength() {
    String fits = "x=" + "v".repeat(256);
    assertEquals(fits, TraceState.accept(fits));
    assertNull(TraceState.accept(fits + "v"));
    assertEquals(KEY_256 + "=1", TraceState.accept(KEY_256 + "=1"));
    assertNull(TraceState.accept(KEY_256 + "z=1"));
    String tenant = TENANT_241 + "@" + SYSTEM_14 + "=1";
    assertEquals(tenant, TraceState.accept(tenant));
    assertNull(TraceState.accept("t" + tenant));
    assertNull(TraceState.accept(TENANT_241 + "@" + SYSTEM_14 + "v=1"));
  }

  @Test
  void thirtyTwoMembersArePassedOnAndThirtyThreeDropped() {
    assertEquals(members(32, 1), TraceState.accept(members(32, 1)));
    assertNull(TraceState.accept(members(33, 1)));
  }

  @Test
  void ofWhatIsLongerThan512CharactersLongMembersGoFirst() {
    String big = "big=" + "b".repeat(130);
    String rest = members(8, 50);
    assertEquals(rest, TraceState.accept(big + "," + rest));
    assertEquals(big + ",a=1", TraceState.accept(big + ",a=1"));
  }

  @Test
  void andThenTheLastOnes() {
    // Eight of 63 characters and seven commas make 511.
    assertEquals(members(8, 60), TraceState.accept(members(32, 60)));
    assertEquals(members(7, 61), TraceState.accept(members(8, 61) + "v"));
  }

  private static String members(int count, int valueLength) {
    return IntStream.range(0, count)
        .mapToObj(i -> "k" + i + "=" + "v".repeat(valueLength))
        .collect(Collectors.joining(","));
  }
}
