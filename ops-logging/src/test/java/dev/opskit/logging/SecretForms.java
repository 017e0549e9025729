package dev.opskit.logging;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A secret in the forms in which it turns up.
 *
 * @param name which form
 * @param text the secret in it, with neighbours where the form mixes them in
 * @param leaks parts of the text of which none may be seen
 */
record SecretForms(String name, String text, List<String> leaks) {
  /** With everything that one encoding or another escapes. */
  static final String SECRET = "p4 ss/w\u00f6rd+\"q\\uote\"%&\u20ac=K3y>>>?<z";

  private static final byte[] UTF8 = SECRET.getBytes(StandardCharsets.UTF_8);
  private static final int PART = 8;

  static List<SecretForms> all() {
    List<SecretForms> all = new ArrayList<>();
    String form = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
    add(all, "raw", SECRET);
    add(all, "json", "{\"k\":\"", json(SECRET, false), "\"}");
    add(all, "json ascii", "{\"k\":\"", json(SECRET, true), "\"}");
    add(all, "json ascii upper", json(SECRET, true).replace("\\u00f6", "\\u00F6"));
    add(all, "json slashes", json(SECRET, false).replace("/", "\\/"));
    add(all, "json twice", json(json(SECRET, false), false));
    add(all, "form", "https://h/p?k=", form, "&z=1");
    add(all, "url", form.replace("+", "%20"));
    add(all, "url lower", form.toLowerCase(Locale.ROOT).replace("k3y", "K3y"));
    add(all, "hex", HexFormat.of().formatHex(UTF8));
    add(all, "hex upper", HexFormat.of().withUpperCase().formatHex(UTF8));
    for (String before : List.of("", "u", "us", "user:")) {
      String text = before + SECRET;
      int own = (8 * before.length() + 5) / 6;
      base64(all, "base64 " + before, text, own, Base64.getEncoder());
      base64(all, "base64 url " + before, text, own, Base64.getUrlEncoder().withoutPadding());
      base64(all, "base64 inside " + before, text + "!", own, Base64.getEncoder());
    }
    return all;
  }

  private static void base64(
      List<SecretForms> all, String name, String text, int own, Base64.Encoder encoder) {
    String encoded = encoder.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    int end = own + UTF8.length * 8 / 6 - 1;
    add(all, name, encoded.substring(0, own), encoded.substring(own, end), encoded.substring(end));
  }

  private static void add(List<SecretForms> all, String name, String encoded) {
    add(all, name, "<", encoded, ">");
  }

  private static void add(
      List<SecretForms> all, String name, String before, String encoded, String after) {
    List<String> leaks = new ArrayList<>();
    for (int at = 0; at + PART <= encoded.length(); at++) {
      String part = encoded.substring(at, at + PART);
      leaks.add(part);
      leaks.add(json(part, false));
    }
    all.add(new SecretForms(name, before + encoded + after, leaks));
  }

  private static String json(String text, boolean ascii) {
    StringBuilder json = new StringBuilder();
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (ascii && c >= 0x80) {
        json.append("\\u").append(HexFormat.of().toHexDigits(c));
      } else {
        json.append(c);
      }
    }
    return json.toString();
  }

  @Override
  public String toString() {
    return name;
  }
}
