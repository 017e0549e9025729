package dev.opskit.core.masking;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.opskit.core.event.Subscription;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A heap dump of the registry shows no value. */
class NoPlaintextTest {
  private static final String SECRET = "s3cr3t-value-of-a-test";

  @Test
  void noObjectOfTheRegistryHoldsAValue() throws IllegalAccessException {
    SensitiveValues values = new SensitiveValues();
    Subscription registration = values.register(utf8());
    assertTrue(values.mask("<" + SECRET + ">").equals("<***>"));
    assertFalse(isReachable(SECRET, values));
    assertFalse(isReachable(SECRET, registration));
  }

  @Test
  void theSearchFindsAValueWhereThereIsOne() throws IllegalAccessException {
    record Holder(@Nullable Object held) {}
    byte[] bytes = utf8();
    assertTrue(isReachable(SECRET, new Holder(List.of(new Holder(utf8())))));
    assertTrue(isReachable(SECRET, new Holder(new Object[] {"prefix " + SECRET})));
    assertTrue(isReachable(SECRET, (Subscription) () -> bytes[0]++));
    assertFalse(isReachable(SECRET, new Holder(null)));
  }

  private static byte[] utf8() {
    return SECRET.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isReachable(String secret, Object root) throws IllegalAccessException {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      Object object = open.pop();
      if (seen.add(object)) {
        if (text(object).contains(secret)) {
          return true;
        }
        addReferenced(object, open);
      }
    }
    return false;
  }

  private static String text(Object object) {
    if (object instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } else if (object instanceof char[] chars) {
      return new String(chars);
    }
    return object instanceof CharSequence text ? text.toString() : "";
  }

  private static void addReferenced(Object object, Deque<Object> open)
      throws IllegalAccessException {
    Object[] elements = object instanceof List<?> list ? list.toArray() : new Object[0];
    for (Object element : object instanceof Object[] array ? array : elements) {
      if (element != null) {
        open.push(element);
      }
    }
    if (object instanceof List<?> || object instanceof Comparator<?>) {
      return;
    }
    assertFalse(
        object.getClass().getName().startsWith("java.util."),
        () -> "a blind spot: " + object.getClass());
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().startsWith("java.")) {
        continue;
      }
      for (Field field : type.getDeclaredFields()) {
        if (!field.getType().isPrimitive()) {
          field.setAccessible(true);
          Object value = field.get(Modifier.isStatic(field.getModifiers()) ? null : object);
          if (value != null) {
            open.push(value);
          }
        }
      }
    }
  }
}
