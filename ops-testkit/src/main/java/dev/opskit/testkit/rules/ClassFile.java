package dev.opskit.testkit.rules;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a class, which ArchUnit does not tell. Reads the format of chapter 4 of the JVM
 * specification, as far as it is about constants, fields, methods and their lines.
 */
final class ClassFile {
  private static final int MAGIC = 0xCAFEBABE;

  /** An entry of the constant pool: a text, or up to two indices of others. */
  record Constant(int tag, @Nullable String text, int first, int second) {}

  private static final int UTF8 = 1;
  private static final int STRING = 8;

  private final DataInputStream in;
  private final List<Literal> literals = new ArrayList<>();
  private final List<CodeScan> scans = new ArrayList<>();
  private final List<int[]> bootstraps = new ArrayList<>();
  private Constant[] pool = new Constant[0];

  private ClassFile(byte[] bytes) {
    this.in = new DataInputStream(new ByteArrayInputStream(bytes));
  }

  static List<Literal> literals(byte[] bytes) throws IOException {
    ClassFile file = new ClassFile(bytes);
    file.read();
    return file.literals;
  }

  private void read() throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException("is no class file");
    }
    in.skipNBytes(4);
    readPool();
    in.skipNBytes(6);
    in.skipNBytes(2L * in.readUnsignedShort());
    readMembers();
    readMembers();
    readAttributes("");
    // The concatenations refer to the bootstrap methods, which stand at the end.
    scans.forEach(scan -> literals.addAll(scan.literals()));
  }

  private void readPool() throws IOException {
    int count = in.readUnsignedShort();
    pool = new Constant[count];
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case UTF8 -> pool[i] = new Constant(tag, in.readUTF(), 0, 0);
        case 7, STRING, 16, 19, 20 -> pool[i] = new Constant(tag, null, in.readUnsignedShort(), 0);
        case 15 -> pool[i] = new Constant(tag, null, in.readUnsignedByte(), in.readUnsignedShort());
        case 5, 6 -> {
          in.skipNBytes(8);
          // Takes two places.
          i++;
        }
        case 3, 4, 9, 10, 11, 12, 17, 18 ->
            pool[i] = new Constant(tag, null, in.readUnsignedShort(), in.readUnsignedShort());
        default -> throw new IOException("has a constant of the unknown kind " + tag);
      }
    }
  }

  private void readMembers() throws IOException {
    for (int count = in.readUnsignedShort(); count > 0; count--) {
      in.skipNBytes(2);
      String name = utf8(in.readUnsignedShort());
      in.skipNBytes(2);
      readAttributes(name);
    }
  }

  private void readAttributes(String member) throws IOException {
    for (int count = in.readUnsignedShort(); count > 0; count--) {
      String name = utf8(in.readUnsignedShort());
      int length = in.readInt();
      switch (name) {
        case "ConstantValue" -> {
          String text = string(in.readUnsignedShort());
          if (text != null) {
            literals.add(new Literal(text, member, 0, member));
          }
        }
        case "Code" -> readCode(member);
        case "BootstrapMethods" -> readBootstraps();
        default -> in.skipNBytes(length);
      }
    }
  }

  private void readCode(String member) throws IOException {
    in.skipNBytes(4);
    byte[] code = in.readNBytes(in.readInt());
    in.skipNBytes(8L * in.readUnsignedShort());
    List<int[]> lines = new ArrayList<>();
    for (int count = in.readUnsignedShort(); count > 0; count--) {
      String name = utf8(in.readUnsignedShort());
      int length = in.readInt();
      if (name.equals("LineNumberTable")) {
        for (int entries = in.readUnsignedShort(); entries > 0; entries--) {
          lines.add(new int[] {in.readUnsignedShort(), in.readUnsignedShort()});
        }
      } else {
        in.skipNBytes(length);
      }
    }
    scans.add(new CodeScan(this, member, code, lines));
  }

  private void readBootstraps() throws IOException {
    for (int count = in.readUnsignedShort(); count > 0; count--) {
      in.skipNBytes(2);
      int[] arguments = new int[in.readUnsignedShort()];
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = in.readUnsignedShort();
      }
      bootstraps.add(arguments);
    }
  }

  /** Null if it is no constant text. */
  @Nullable String string(int index) {
    Constant constant = pool[index];
    return constant != null && constant.tag() == STRING ? utf8(constant.first()) : null;
  }

  /** The name of the field or method that an instruction refers to. */
  String member(int index) {
    Constant reference = pool[index];
    return utf8(pool[reference.second()].first());
  }

  /** The fixed texts of what an invokedynamic makes. */
  List<String> fixedTexts(int index) {
    List<String> texts = new ArrayList<>();
    for (int argument : bootstraps.get(pool[index].first())) {
      String text = string(argument);
      if (text != null) {
        texts.addAll(List.of(text.split("[\u0001\u0002]")));
      }
    }
    return texts;
  }

  private String utf8(int index) {
    String text = pool[index].text();
    return text == null ? "" : text;
  }
}
