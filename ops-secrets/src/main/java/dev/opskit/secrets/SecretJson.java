package dev.opskit.secrets;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads JSON whose strings are secret; what its exceptions say quotes them and is for nobody. */
final class SecretJson {
  /** Buffers that are pooled would keep the last value that was read for the next reader. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder().recyclerPool(JsonRecyclerPools.nonRecyclingPool()).build();

  private SecretJson() {}

  static JsonParser parser(byte[] json) throws IOException {
    return FACTORY.createParser(json);
  }

  /** The current token's text, wiped in the parser; a lone surrogate is an error. */
  static byte[] takeUtf8(JsonParser parser) throws IOException {
    char[] text = parser.getTextCharacters();
    int offset = parser.getTextOffset();
    int length = parser.getTextLength();
    ByteBuffer scratch = ByteBuffer.allocate(3 * length);
    try {
      var encoder = StandardCharsets.UTF_8.newEncoder();
      if (encoder.encode(CharBuffer.wrap(text, offset, length), scratch, true).isError()) {
        throw new CharacterCodingException();
      }
      return Arrays.copyOf(scratch.array(), scratch.position());
    } finally {
      Arrays.fill(scratch.array(), (byte) 0);
      Arrays.fill(text, offset, offset + length, '\0');
    }
  }
}
